"use client";

import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { isServer, MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { needsSession } from "@/app/_security/open-pages";
import { AppearanceProvider } from "@/components/shell/appearance";
import type { Appearance } from "@/components/shell/appearance-cookies";
import { HelpProvider } from "@/components/shell/help";
import { NotificationsProvider } from "@/components/shell/notifications";
import { PageNameProvider } from "@/components/shell/page-name";
import { ApiError } from "@/lib/queries/fetch-api";

const FRESH_MS = 15_000;
const RECOVERY_POLL_MS = 10_000;
const RETRIES = 2;

function makeClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: askToSignIn }),
    mutationCache: new MutationCache({ onError: askToSignIn }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A refusal stays one; what may pass by itself (server or database away) is tried again, and later from time to time.
        retry: (failures, error) => isPassing(error) && failures < RETRIES,
        refetchInterval: ({ state }) => (state.status === "error" && isPassing(state.error) ? RECOVERY_POLL_MS : false),
      },
    },
  });
}

/** A session that has ended in the middle of things: the sign-in page leads back here. */
function askToSignIn(error: unknown): void {
  if (isServer || !(error instanceof ApiError) || error.status !== 401) return;
  const { pathname, search } = window.location;
  if (!needsSession(pathname)) return;
  window.location.assign(`/sign-in?${new URLSearchParams({ next: `${pathname}${search}` })}`);
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

let browserClient: QueryClient | undefined;

/** One client per request on the server, one per tab in the browser. */
function queryClient(): QueryClient {
  if (isServer) return makeClient();
  browserClient ??= makeClient();
  return browserClient;
}

export function Providers({ appearance, children }: { appearance: Appearance; children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient()}>
      <I18nProvider locale="en" messages={[messages]}>
        <AppearanceProvider initial={appearance}>
          <NotificationsProvider>
            <PageNameProvider>
              <HelpProvider>{children}</HelpProvider>
            </PageNameProvider>
          </NotificationsProvider>
        </AppearanceProvider>
      </I18nProvider>
    </QueryClientProvider>
  );
}
