import type { PeopleList } from "@/lib/contracts/people";
import { allPeople, ownerChoices } from "@/lib/db/person-store";
import type { Ctx } from "@/lib/services/ctx";
import { personItemOf } from "@/lib/services/person-record";

/** Everybody who may or might sign in, by name. */
export async function readPeople({ ctx }: { ctx: Ctx }): Promise<PeopleList> {
  const [people, owners] = await Promise.all([allPeople(ctx.db, ctx.wall.now()), ownerChoices(ctx.db)]);
  return { items: people.map(personItemOf), total: people.length, owners };
}
