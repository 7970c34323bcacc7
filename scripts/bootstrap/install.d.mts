import type { Progress } from "./progress.mjs";

export function needsInstall(root: string): boolean;
export function install(root: string, progress: Progress): Promise<void>;
