import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { makeKey } from "@/lib/auth/api-key";
import { requestFactsOf } from "@/lib/auth/authenticator";
import { type Composition, createComposition } from "@/lib/context";
import { ENDPOINTS } from "@/lib/contracts/endpoints";
import type { Database } from "@/lib/db/client";
import { standingOf } from "@/lib/db/person-store";
import { assertPermission } from "@/lib/http/route";
import { mayActFor } from "@/lib/services/owner-scope";
import { addTestPerson, TEST_OWNER, TEST_SECRET } from "@/lib/testing/add-administrator";
import { testDatabase } from "@/lib/testing/database";
import { type Figure, quantile, rounded, type Section } from "@/scripts/bench/figure";

const PEOPLE = 1_000;
const SESSIONS_EACH = 5;
const KEYS = 1_000;
const OWNERS_EACH = 20;
const REQUESTS = 400;
const WARM_UP = 50;
const AUTHORIZATION_LIMIT_MS = 1;
const BOTH_LIMIT_MS = 5;

/** What it takes to know who asks and whether he may, each time anew: nothing of an earlier request is remembered. */
export async function authorizationSection(): Promise<Section> {
  const database = await testDatabase();
  const composition = createComposition({
    process: "web",
    databaseUrl: database.url,
    maxConnections: 4,
    log: pino({ level: "silent" }),
    secret: TEST_SECRET,
  });
  try {
    const { db } = await composition.ctx({ actor: { kind: "system", name: "system:bench", permissions: "all" } });
    await addTestPerson(composition, TEST_OWNER, "owner");
    const key = makeKey();
    await seed(db, key);
    const cookie = await sessionCookie(composition);
    const asPerson = requestFactsOf(new Headers({ host: "127.0.0.1:3000", cookie }));
    const asKey = requestFactsOf(new Headers({ host: "127.0.0.1:3000", authorization: `Bearer ${key.text}` }));
    const use = { endpoint: "acknowledgeFinding", token: null } as const;
    const person = await composition.actorOf(asPerson, use);
    if (person.kind !== "person") throw new Error("the session leads to nobody");

    const judge = (actor: typeof person): void => {
      assertPermission({ actor }, ENDPOINTS[use.endpoint].permission);
      mayActFor(actor, "findings:acknowledge", actor.ownerIds[0] ?? null);
    };
    const authorization = await timed(async () => {
      await standingOf(db, person.id);
      judge(person);
    });
    const both = await timed(async () => {
      composition.forgetActors();
      const actor = await composition.actorOf(asPerson, use);
      if (actor.kind === "person") judge(actor);
    });
    const byKey = await timed(async () => {
      composition.forgetActors();
      const actor = await composition.actorOf(asKey, use);
      assertPermission({ actor }, ENDPOINTS[use.endpoint].permission);
    });
    const remembered = await timed(async () => {
      await composition.actorOf(asPerson, use);
    });
    return {
      section: "authorization",
      setup: `${PEOPLE} people with ${SESSIONS_EACH} sessions each, ${KEYS} keys, ${OWNERS_EACH} owner entities of the person who asks; ${REQUESTS} requests one after the other`,
      figures: [
        figure("authorization beside the session lookup: p95", authorization, AUTHORIZATION_LIMIT_MS),
        figure("session lookup and authorization: p95", both, BOTH_LIMIT_MS),
        figure("API key lookup and authorization: p95", byKey, BOTH_LIMIT_MS),
        {
          name: "session lookup and authorization: median",
          value: rounded(quantile(both, 0.5), 3),
          unit: "ms",
          comparison: "what a busy machine disturbs least",
        },
        {
          ...figure("session looked up within the last 3 seconds: p95", remembered),
          comparison: "as most requests find it",
        },
      ],
    };
  } finally {
    await composition.close();
    await database.close();
  }
}

function figure(name: string, times: readonly number[], limit?: number): Figure {
  const value = rounded(quantile(times, 0.95), 3);
  return { name, value, unit: "ms", ...(limit === undefined ? {} : { limit, direction: "at-most" as const }) };
}

async function timed(ask: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let request = 0; request < WARM_UP + REQUESTS; request += 1) {
    const start = performance.now();
    await ask();
    if (request >= WARM_UP) times.push(performance.now() - start);
  }
  return times;
}

async function sessionCookie(composition: Composition): Promise<string> {
  const request = requestFactsOf(new Headers({ host: "127.0.0.1:3000" }));
  const session = await composition.auth().signIn(request, TEST_OWNER);
  if (!session) throw new Error("the password is wrong");
  return session.cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

async function seed(db: Database, key: ReturnType<typeof makeKey>): Promise<void> {
  await db.execute(
    `INSERT INTO person (id, name, email, role, created_at, updated_at)
     SELECT 'p' || n, 'Person ' || n, 'p' || n || '@example.com', 'viewer', now(), now() FROM generate_series(1, ${PEOPLE}) n`,
  );
  await db.execute(
    `INSERT INTO person_session (id, token, user_id, expires_at, created_at, updated_at)
     SELECT p || '-' || n, p || '-' || n, 'p' || p, now() + interval '1 hour', now(), now()
       FROM generate_series(1, ${PEOPLE}) p, generate_series(1, ${SESSIONS_EACH}) n`,
  );
  await db.execute(
    `INSERT INTO owner (key, display_name, created_at) SELECT 'o' || n, 'Owner ' || n, now() FROM generate_series(1, ${OWNERS_EACH}) n`,
  );
  await db.execute(
    `INSERT INTO person_owner (person_id, owner_id) SELECT p.id, o.id FROM person p, owner o WHERE p.email = $1`,
    TEST_OWNER.email,
  );
  await db.execute(
    `INSERT INTO api_key (id, kind, name, secret_hash, role, lasts_days, created_by, created_at, expires_at)
     SELECT CASE n WHEN 1 THEN $1 ELSE $2 || n END, 'api', 'key ' || n, CASE n WHEN 1 THEN $3 ELSE '' END, 'owner', 1, p.id, now(), now() + interval '1 day'
       FROM generate_series(1, ${KEYS}) n, person p WHERE p.email = $4`,
    key.id,
    randomUUID(),
    key.hash,
    TEST_OWNER.email,
  );
  await db.execute(`INSERT INTO api_key_owner (key_id, owner_id) SELECT $1, id FROM owner`, key.id);
  await db.execute("ANALYZE");
}
