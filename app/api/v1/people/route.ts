import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { invitePerson } from "@/lib/services/invite-person";
import { readPeople } from "@/lib/services/read/read-people";

export const GET = route("people", getCtx, ({ ctx }) => readPeople({ ctx }));
export const POST = route("invitePerson", getCtx, ({ ctx, body }) => invitePerson({ ctx, input: body }));
