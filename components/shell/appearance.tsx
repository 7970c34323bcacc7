"use client";

import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import {
  type Appearance,
  type ColorMode,
  DARK_QUERY,
  DENSITY_COOKIE,
  type DensityName,
  MODE_COOKIE,
} from "./appearance-cookies";

interface AppearanceControl extends Appearance {
  setMode(mode: ColorMode): void;
  setDensity(density: DensityName): void;
}

const AppearanceContext = createContext<AppearanceControl | null>(null);
const YEAR_SECONDS = 31_536_000;

/** Applies light or dark and the density, and remembers them in cookies, so that the server's first paint is right already. */
export function AppearanceProvider({ initial, children }: { initial: Appearance; children: ReactNode }) {
  const [mode, setMode] = useState(initial.mode);
  const [density, setDensity] = useState(initial.density);

  useEffect(() => {
    const query = window.matchMedia(DARK_QUERY);
    const apply = () => applyMode(mode === "dark" || (mode === "system" && query.matches) ? Mode.Dark : Mode.Light);
    apply();
    query.addEventListener("change", apply);
    return () => query.removeEventListener("change", apply);
  }, [mode]);
  useEffect(() => applyDensity(density === "compact" ? Density.Compact : Density.Comfortable), [density]);

  const control = useMemo<AppearanceControl>(
    () => ({
      mode,
      density,
      navigationOpen: initial.navigationOpen,
      setMode: (next) => {
        remember(MODE_COOKIE, next);
        setMode(next);
      },
      setDensity: (next) => {
        remember(DENSITY_COOKIE, next);
        setDensity(next);
      },
    }),
    [mode, density, initial.navigationOpen],
  );
  return <AppearanceContext value={control}>{children}</AppearanceContext>;
}

/** How the app looks, and how to change it. */
export function useAppearance(): AppearanceControl {
  const control = useContext(AppearanceContext);
  if (!control) throw new Error("useAppearance needs an AppearanceProvider above it");
  return control;
}

/** Keeps a choice in a cookie for a year. */
export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
