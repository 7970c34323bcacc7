"use client";

/** Shown when not even the root layout could be rendered: plain HTML, because styles and providers are part of what failed. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <html lang="en">
      <head>
        <title>MQ Steward could not be shown</title>
      </head>
      <body style={{ fontFamily: "sans-serif", margin: "4rem auto", maxWidth: "40rem", padding: "0 1rem" }}>
        <main>
          <h1>MQ Steward could not be shown</h1>
          <p>
            Something failed before the page could be built. Trying again often helps; the server's log has the cause.
          </p>
          {digest && <p>Reference: {digest}</p>}
          <button type="button" onClick={() => retry()}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
