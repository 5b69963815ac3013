/** Light or dark: the system's choice until a person makes his own, which this browser then keeps. */

import { useSyncExternalStore } from "react";
import { browserStorage } from "@tandem/shared";

export type Appearance = "system" | "light" | "dark";

const KEY = "tandem.appearance";
const storage = browserStorage("localStorage");
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let chosen = readChosen();

function readChosen(): Appearance {
  const kept = storage.get(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function isDark(): boolean {
  return chosen === "system" ? system.matches : chosen === "dark";
}

function show(): void {
  document.documentElement.dataset["theme"] = isDark() ? "dark" : "light";
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

system.addEventListener("change", show);
show();

function chooseAppearance(appearance: Appearance): void {
  chosen = appearance;
  storage.set(KEY, appearance);
  show();
}

export function switchAppearance(): void {
  chooseAppearance(isDark() ? "light" : "dark");
}

export function useDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}
