export type ColorMode = "light" | "dark" | "system";
export type DensityName = "comfortable" | "compact";

export interface Appearance {
  mode: ColorMode;
  density: DensityName;
  /** Whether the side navigation is open; null as long as nobody opened or closed it: by the width of the window then. */
  navigationOpen: boolean | null;
}

export const MODE_COOKIE = "mqs-mode";
export const DENSITY_COOKIE = "mqs-density";
export const NAVIGATION_COOKIE = "mqs-navigation";
export const DARK_QUERY = "(prefers-color-scheme: dark)";

/** The remembered appearance; what is missing or unknown falls back to the system's mode and to comfortable. */
export function readAppearance(cookie: (name: string) => string | undefined): Appearance {
  const mode = cookie(MODE_COOKIE);
  const navigation = cookie(NAVIGATION_COOKIE);
  return {
    mode: mode === "light" || mode === "dark" ? mode : "system",
    density: cookie(DENSITY_COOKIE) === "compact" ? "compact" : "comfortable",
    navigationOpen: navigation === "open" ? true : navigation === "closed" ? false : null,
  };
}

/** Classes of the body that Cloudscape reads. `system` is decided in the browser, before the first paint, by SYSTEM_MODE_SCRIPT. */
export function bodyClass({ mode, density }: Pick<Appearance, "mode" | "density">): string {
  return [mode === "dark" ? "awsui-dark-mode" : "", density === "compact" ? "awsui-compact-mode" : ""]
    .filter((name) => name !== "")
    .join(" ");
}

/** Runs as the first thing of the body, before anything is painted. */
export const SYSTEM_MODE_SCRIPT = `if(matchMedia("${DARK_QUERY}").matches)document.body.classList.add("awsui-dark-mode")`;

/** Windows narrower than this start with the side navigation closed. CSS pixels. */
export const NAVIGATION_MIN_WIDTH = 1100;
