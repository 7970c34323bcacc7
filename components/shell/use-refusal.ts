"use client";

import { useQuery } from "@tanstack/react-query";
import { PERMISSIONS, type Permission } from "@/lib/contracts/permissions";
import { mayOf, sessionQuery } from "@/lib/queries/session";

/** Why the person signed in may not do something, as the reason of a disabled button. Undefined for whoever may, and until it is known: the server decides. */
export function useRefusal(permission: Permission): string | undefined {
  const { data: may } = useQuery({ ...sessionQuery(), select: mayOf(permission) });
  if (may !== false) return undefined;
  const { allows } = PERMISSIONS[permission];
  return `Your role does not allow this. It needs the permission to ${allows.charAt(0).toLowerCase()}${allows.slice(1)}.`;
}
