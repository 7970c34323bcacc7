"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

interface PageNames {
  names: Readonly<Record<string, string>>;
  setName(pathname: string, name: string): void;
}

const PageNameContext = createContext<PageNames | null>(null);

/** Names that pages give themselves once their data is there (a broker's instead of its id), for the breadcrumbs. */
export function PageNameProvider({ children }: { children: ReactNode }) {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const value = useMemo<PageNames>(
    () => ({
      names,
      setName: (pathname, name) =>
        setNames((before) => (before[pathname] === name ? before : { ...before, [pathname]: name })),
    }),
    [names],
  );
  return <PageNameContext value={value}>{children}</PageNameContext>;
}

export function usePageName(pathname: string): string | undefined {
  return useContext(PageNameContext)?.names[pathname];
}

/** Names the page at an address. */
export function useNamePage(pathname: string, name: string | undefined): void {
  const setName = useContext(PageNameContext)?.setName;
  useEffect(() => {
    if (name) setName?.(pathname, name);
  }, [pathname, name, setName]);
}
