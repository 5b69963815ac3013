import { useEffect, useState, type ReactNode } from "react";
import { App as AntApp, ConfigProvider, type ConfigProviderProps } from "antd";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { createBrowserRouter, RouterProvider } from "react-router";
import { Refused } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { darkTheme, lightTheme } from "../look/theme";
import { useDark } from "../look/appearance";
import { SessionProvider } from "../session/session";
import { routes } from "./routes";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The socket tells what changes; asking again on every focus would only make screens flicker.
      refetchOnWindowFocus: false,
      staleTime: 30_000,
      retry: (count, error) => count < 2 && !(error instanceof Refused && !error.passing),
    },
  },
});
const router = createBrowserRouter(routes, { basename: "/console" });

type AntLocale = NonNullable<ConfigProviderProps["locale"]>;
const antLocales = {
  "zh-CN": () => import("antd/locale/zh_CN").then((module) => module.default),
  en: () => import("antd/locale/en_US").then((module) => module.default),
};

export function App(): ReactNode {
  const dark = useDark();
  const locale = useAntLocale();
  // A locale that comes later would put one more provider around everything and so mount the whole console twice.
  if (!locale) return null;
  return (
    <ConfigProvider theme={dark ? darkTheme : lightTheme} locale={locale} button={{ autoInsertSpace: false }}>
      {/* Below stands a customer who is offered: what is told meanwhile may not cover the buttons. */}
      <AntApp message={{ maxCount: 3, duration: 3, top: 64 }} notification={{ placement: "topRight", top: 64 }} style={{ height: "100%" }}>
        <QueryClientProvider client={queries}>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function useAntLocale(): AntLocale | null {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState<AntLocale | null>(null);
  useEffect(() => {
    let wanted = true;
    void antLocales[languageNow()]().then((loaded) => wanted && setLocale(loaded));
    return () => {
      wanted = false;
    };
  }, [i18n.language]);
  return locale;
}
