const PROGRAMS: Readonly<Record<string, string>> = {
  "command-line": "the command line",
  "system:evaluation": "the evaluation",
  "system:expiry": "the expiry of an acceptance",
  "system:schedule": "the schedule",
  "system:sync": "the sync",
};

/** Who did something, for reading: programs by their names in words, people by their address as it is. */
export function actorLabel(actor: string): string {
  return PROGRAMS[actor] ?? actor;
}
