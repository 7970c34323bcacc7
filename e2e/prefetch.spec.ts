import { expect, test } from "./fixtures/journey";

test("what the server sent along with a page is not asked for again", async ({ page, api }) => {
  const { items } = await api.get("brokers", "/brokers?limit=1");
  const { items: findings } = await api.get("findings", "/findings?limit=1");
  const { items: owners } = await api.get("owners");
  const { items: syncs } = await api.get("syncs", "/syncs?limit=1");
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/v1/")) asked.push(pathname.slice("/api/v1".length));
  });
  const pages: readonly (readonly [string, readonly string[]])[] = [
    ["/", ["/overview", "/costs"]],
    ["/brokers?filter=engine%3DACTIVEMQ&sort=owner&order=desc", ["/brokers", "/brokers/facets"]],
    [`/brokers/${items[0]?.id}`, [`/brokers/${items[0]?.id}`]],
    ["/lifecycle?engine=ACTIVEMQ", ["/lifecycle", "/brokers/facets"]],
    ["/findings", ["/findings"]],
    [`/findings/${findings[0]?.id}`, [`/findings/${findings[0]?.id}`]],
    ["/recommendations?filter=kind%3Didle", ["/recommendations", "/brokers/facets"]],
    ["/owners?tab=none", ["/owners", "/owners/brokers"]],
    [`/owners/${owners[0]?.id}`, [`/owners/${owners[0]?.id}`]],
    ["/syncs", ["/syncs"]],
    [`/syncs/${syncs[0]?.id}`, [`/syncs/${syncs[0]?.id}`]],
    ["/settings", ["/accounts", "/settings"]],
  ];
  for (const [path, sentAlong] of pages) {
    asked.length = 0;
    await page.goto(path, { waitUntil: "networkidle" });
    expect
      .soft(
        asked.filter((one) => sentAlong.includes(one)),
        path,
      )
      .toEqual([]);
  }
});
