/** Import zones of the architecture: who may import whom. Each room lists what it may use; everything else is an error. */
const pure = {
  domain: [],
  reference: ["domain"],
  lifecycle: ["domain", "reference"],
  mesh: ["domain", "reference"],
  cost: ["domain", "reference"],
  rules: ["domain", "reference", "lifecycle", "mesh", "cost"],
  findings: ["domain", "reference", "lifecycle", "mesh", "cost", "rules"],
  kpis: ["domain", "reference", "lifecycle", "mesh", "cost", "rules", "findings"],
  remediation: ["domain", "reference", "lifecycle", "mesh", "cost", "rules", "findings", "kpis"],
  reports: ["domain", "reference", "lifecycle", "mesh", "cost", "rules", "findings", "kpis"],
};
const allPure = Object.keys(pure);
const rooms = {
  ...pure,
  "chart-models": allPure,
  contracts: ["domain"],
  aws: ["domain", "reference", "contracts", "env"],
  db: ["domain", "reference", "contracts", "env"],
  notifications: ["domain", "reference", "contracts", "env"],
  published: ["domain", "reference", "contracts", "env"],
  auth: ["domain", "reference", "contracts", "env"],
  jobs: ["domain", "reference", "contracts", "env"],
  pdf: ["domain", "reports", "chart-models"],
  services: [
    ...allPure,
    "chart-models",
    "contracts",
    "aws",
    "db",
    "notifications",
    "published",
    "auth",
    "jobs",
    "pdf",
    "env",
  ],
  http: ["contracts", "domain", "auth", "services/ctx"],
  queries: ["contracts"],
};
const tests = "\\.test\\.tsx?$";
const forbidden = Object.entries(rooms).map(([room, may]) => ({
  name: `zone-${room}`,
  comment: `lib/${room} may import only: ${[room, ...may].join(", ")}`,
  severity: "error",
  from: { path: `^lib/${room}/`, pathNot: tests },
  to: { path: "^(lib|app|components|scripts|e2e)/", pathNot: `^lib/(${[room, ...may].join("|")})[./]` },
}));
const libraries = (name, from, packages) => ({
  name,
  severity: "error",
  from,
  to: { path: packages.map((p) => `node_modules/${p}(/|$)`).join("|") },
});
module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: "no-cycles",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: "generated" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "zone-components",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^(lib|app|scripts|e2e)/", pathNot: "^lib/(domain|chart-models|contracts|queries)/" },
    },
    {
      name: "zone-app-client",
      comment: "client files of app/ live in _components or end in -view.tsx; they never see services",
      severity: "error",
      from: { path: "^app/.*(_components/.*|-view\\.tsx|providers\\.tsx)$", pathNot: tests },
      to: { path: "^(lib|scripts|e2e)/", pathNot: "^lib/(queries|contracts|domain|chart-models)/" },
    },
    {
      name: "zone-app-server",
      severity: "error",
      from: { path: "^app/", pathNot: tests },
      to: {
        path: "^(lib|scripts|e2e)/",
        pathNot: "^lib/(services|http|contracts|queries|domain|chart-models)/|^lib/context\\.ts|^lib/env\\.ts",
      },
    },
    {
      name: "context-is-for-entry-points",
      severity: "error",
      from: { path: "^(lib|components)/", pathNot: `${tests}|^lib/(worker|context|testing)` },
      to: { path: "^lib/context\\.ts" },
    },
    libraries("aws-sdk-lives-in-lib-aws", { path: "^(lib|app|components)/", pathNot: `^lib/(aws|testing)/|${tests}` }, [
      "@aws-sdk",
      "@smithy",
    ]),
    libraries(
      "prisma-and-sql-live-in-lib-db",
      { path: "^(lib|app|components)/", pathNot: `^lib/(db|jobs|testing)/|${tests}` },
      ["@prisma", "pg", "graphile-worker"],
    ),
    libraries("pure-rooms-use-no-platform", { path: `^lib/(${allPure.join("|")})/`, pathNot: tests }, [
      "next",
      "react",
      "pino",
      "zod",
      "@cloudscape-design",
      "@tanstack",
    ]),
    {
      name: "browser-code-has-no-node",
      severity: "error",
      from: { path: "^(components|lib/queries|lib/contracts|lib/chart-models)/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|dist|node_modules/\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
