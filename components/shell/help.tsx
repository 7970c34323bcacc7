"use client";

import Link from "@cloudscape-design/components/link";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

export interface HelpTopic {
  title: string;
  body: ReactNode;
}

interface Help {
  topic: HelpTopic | null;
  open: boolean;
  setOpen(open: boolean): void;
  show(topic: HelpTopic): void;
}

const HelpContext = createContext<Help | null>(null);

/** Which topic the help panel shows, and whether it is open. */
export function HelpProvider({ children }: { children: ReactNode }) {
  const [topic, setTopic] = useState<HelpTopic | null>(null);
  const [open, setOpen] = useState(false);
  const help = useMemo<Help>(
    () => ({
      topic,
      open,
      setOpen,
      show: (next) => {
        setTopic(next);
        setOpen(true);
      },
    }),
    [topic, open],
  );
  return <HelpContext value={help}>{children}</HelpContext>;
}

export function useHelp(): Help {
  const help = useContext(HelpContext);
  if (!help) throw new Error("useHelp needs a HelpProvider above it");
  return help;
}

/** "Info" beside a heading: opens the help panel at its topic. */
export function InfoLink({ topic }: { topic: HelpTopic }) {
  const { show } = useHelp();
  return (
    <Link variant="info" ariaLabel={`Information about ${topic.title}`} onFollow={() => show(topic)}>
      Info
    </Link>
  );
}
