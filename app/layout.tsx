import "normalize.css";
import "@fontsource/open-sans/400.css";
import "@fontsource/open-sans/400-italic.css";
import "@fontsource/open-sans/700.css";
import "./tokens.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { bodyClass, readAppearance, SYSTEM_MODE_SCRIPT } from "@/components/shell/appearance-cookies";
import { Providers } from "./providers";

export const metadata: Metadata = {
  title: { default: "MQ Steward", template: "%s · MQ Steward" },
  description: "Governance and cost of Amazon MQ",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Every page is dynamic: the nonce of the content security policy is made per request, and nothing may need a database at build time. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const [store, requestHeaders] = await Promise.all([cookies(), headers()]);
  const appearance = readAppearance((name) => store.get(name)?.value);
  return (
    <html lang="en">
      <body className={bodyClass(appearance)} suppressHydrationWarning>
        {appearance.mode === "system" && (
          <script
            nonce={requestHeaders.get("x-nonce") ?? undefined}
            suppressHydrationWarning
            // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours that must run before the first paint
            dangerouslySetInnerHTML={{ __html: SYSTEM_MODE_SCRIPT }}
          />
        )}
        <Providers appearance={appearance}>{children}</Providers>
      </body>
    </html>
  );
}
