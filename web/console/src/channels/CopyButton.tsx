import { useState, type ReactNode } from "react";
import { App, Button } from "antd";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

export function CopyButton({ text }: { text: string }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
    } catch {
      // Browsers give a clipboard only to pages served over HTTPS or from this machine.
      message.info(t("common.copyByHand"));
    }
  };
  return <Button icon={done ? <Check size={15} /> : <Copy size={15} />} onClick={() => void copy()}>{t(done ? "common.copied" : "common.copy")}</Button>;
}
