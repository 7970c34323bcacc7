import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  demoSignInInput,
  passwordChange,
  presentPassword,
  secondFactorCode,
  secondFactorConfirmation,
  setUpInput,
  signInInput,
} from "@/lib/contracts/people";
import type { Permission } from "@/lib/contracts/permissions";
import type { signOnReturn, signOnStart } from "@/lib/contracts/single-sign-on";
import { fetchApi } from "@/lib/queries/fetch-api";
import { sessionKeys } from "@/lib/queries/session.keys";

/** Who is signed in, and what he may do. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: sessionKeys.current(),
    queryFn: ({ signal }) => fetchApi("session", { signal }),
    staleTime: 60_000,
  });

/** For `select`: whether the person has a permission. */
export const mayOf =
  (permission: Permission) =>
  ({ permissions }: { permissions: readonly string[] }): boolean =>
    permissions.includes(permission);

/** Mutations that open a session; the page is loaded anew afterwards, so nothing of another person's stays in the browser. */
export const signInMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof signInInput>) => fetchApi("signIn", { body }) });
export const finishSignInMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof secondFactorCode>) => fetchApi("finishSignIn", { body }) });
export const demoSignInMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof demoSignInInput>) => fetchApi("demoSignIn", { body }) });
export const setUpMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof setUpInput>) => fetchApi("setUp", { body }) });
export const changePasswordMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof passwordChange>) => fetchApi("changePassword", { body }) });
export const startSingleSignOnMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof signOnStart>) => fetchApi("startSingleSignOn", { body }) });
export const finishSingleSignOnMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof signOnReturn>) => fetchApi("finishSingleSignOn", { body }) });
export const signOutMutation = () => mutationOptions({ mutationFn: () => fetchApi("signOut") });

/** Whether one's own sign-in asks for a code. */
export const secondFactorQuery = () =>
  queryOptions({ queryKey: sessionKeys.secondFactor(), queryFn: ({ signal }) => fetchApi("secondFactor", { signal }) });

const readSecondFactorAgain = (client: QueryClient) => () =>
  client.invalidateQueries({ queryKey: sessionKeys.secondFactor() });

export const setUpSecondFactorMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof presentPassword>) => fetchApi("setUpSecondFactor", { body }) });
export const confirmSecondFactorMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof secondFactorConfirmation>) => fetchApi("confirmSecondFactor", { body }),
    onSuccess: readSecondFactorAgain(client),
  });
export const removeSecondFactorMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof presentPassword>) => fetchApi("removeSecondFactor", { body }),
    onSuccess: readSecondFactorAgain(client),
  });
