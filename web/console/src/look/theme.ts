/** Ant Design in the colours of tokens.css. It computes shades from these, so they are given as values, not variables. */

import { theme, type ThemeConfig } from "antd";

const shared = {
  borderRadius: 6,
  fontSize: 14,
  controlHeight: 32,
  wireframe: false,
  motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  motionDurationMid: "0.12s",
  motionDurationSlow: "0.15s",
  motionDurationFast: "0.08s",
  fontFamily: "var(--font)",
};

export const lightTheme: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    ...shared,
    colorPrimary: "#0b6e69",
    colorInfo: "#0b6e69",
    colorLink: "#0b6e69",
    colorSuccess: "#1d7440",
    colorWarning: "#b86e00",
    colorError: "#b42318",
    colorTextBase: "#182222",
    colorTextPlaceholder: "#5b6969",
    colorTextDescription: "#5b6969",
    // The computed pale shades of so dark a teal are grey.
    colorPrimaryBg: "#e2f1f0",
    colorPrimaryBgHover: "#d3eae8",
    colorInfoBg: "#e2f1f0",
    colorInfoBorder: "#b5dcd9",
    colorErrorBg: "#fdecea",
    colorErrorBorder: "#f5c2bd",
    colorWarningBg: "#fdf2de",
    colorWarningBorder: "#f0d29b",
    colorBorder: "#cfd7d7",
    colorBorderSecondary: "#e3e8e8",
    colorBgLayout: "#f4f6f6",
  },
  components: { Radio: { colorBorder: "#7d8b8b" }, Checkbox: { colorBorder: "#7d8b8b" } },
};

export const darkTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shared,
    colorPrimary: "#4cc2b8",
    colorInfo: "#4cc2b8",
    colorLink: "#4cc2b8",
    colorSuccess: "#70c98f",
    colorWarning: "#ecb35a",
    colorError: "#f0766b",
    colorTextLightSolid: "#04201d",
    colorTextBase: "#e5ebeb",
    colorTextPlaceholder: "#8a9898",
    colorTextDescription: "#8a9898",
    colorBgBase: "#0e1314",
    colorBgContainer: "#151b1c",
    colorBgElevated: "#1c2425",
    colorBgLayout: "#0e1314",
    colorBgSpotlight: "#2b3637",
    colorPrimaryBg: "#12322f",
    colorPrimaryBgHover: "#17403c",
    colorInfoBg: "#12322f",
    colorInfoBorder: "#1f544f",
    colorErrorBg: "#3a1b19",
    colorErrorBorder: "#6b302b",
    colorWarningBg: "#332610",
    colorWarningBorder: "#5e4518",
    colorBorder: "#3a4748",
    colorBorderSecondary: "#273132",
  },
  components: { Tooltip: { colorTextLightSolid: "#e5ebeb" }, Radio: { colorBorder: "#7c8a8a" }, Checkbox: { colorBorder: "#7c8a8a" } },
};
