export type PhaseName =
  | "install"
  | "generate"
  | "bundle"
  | "build"
  | "database"
  | "migrations"
  | "simulator"
  | "worker"
  | "web"
  | "history";

export class Progress {
  constructor(
    names: readonly PhaseName[],
    options?: { seconds?: Partial<Record<PhaseName, number>>; write?: (line: string) => void },
  );
  begin(name: PhaseName): void;
  line(text: string): void;
  watch(detail: () => string | undefined): void;
  finish(): number;
}
