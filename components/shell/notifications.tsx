"use client";

import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

export interface Notification {
  type: "success" | "error" | "info" | "warning";
  header: string;
  content?: ReactNode;
}

interface Notifications {
  items: readonly FlashbarProps.MessageDefinition[];
  notify(notification: Notification): void;
  /** Says that what was asked for was not done, and why. */
  notifyRefusal(error: Error): void;
}

const NotificationsContext = createContext<Notifications | null>(null);
const SHOWN = 5;
let lastId = 0;

/** Keeps the messages of the flash bar, newest first. */
export function NotificationsProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const notify = useCallback((notification: Notification) => {
    lastId += 1;
    const id = `message-${lastId}`;
    const message: FlashbarProps.MessageDefinition = {
      ...notification,
      id,
      dismissible: true,
      dismissLabel: "Dismiss",
      onDismiss: () => setItems((before) => before.filter((item) => item.id !== id)),
    };
    setItems((before) => [message, ...before].slice(0, SHOWN));
  }, []);
  const notifyRefusal = useCallback(
    (error: Error) => notify({ type: "error", header: "This was not done", content: error.message }),
    [notify],
  );
  const value = useMemo(() => ({ items, notify, notifyRefusal }), [items, notify, notifyRefusal]);
  return <NotificationsContext value={value}>{children}</NotificationsContext>;
}

export function useNotifications(): Notifications {
  const value = useContext(NotificationsContext);
  if (!value) throw new Error("useNotifications needs a NotificationsProvider above it");
  return value;
}
