/** Ant Design in the colours of tokens.css. It computes shades from these, so they are given as values, not variables. */

import { theme, type ThemeConfig } from "antd";

const shared = {
  borderRadius: 6,
  fontSize: 14,
  controlHeight: 32,
  wireframe: false,
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
    colorTextPlaceholder: "#677575",
    colorTextDescription: "#677575",
    colorBorder: "#cfd7d7",
    colorBorderSecondary: "#e3e8e8",
    colorBgLayout: "#f4f6f6",
  },
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
    colorBorder: "#3a4748",
    colorBorderSecondary: "#273132",
  },
  components: { Tooltip: { colorTextLightSolid: "#e5ebeb" } },
};
