import { HydrationBoundary } from "@tanstack/react-query";
import { apiKeyKeys } from "@/lib/queries/keys.keys";
import { sessionKeys } from "@/lib/queries/session.keys";
import { readKeys } from "@/lib/services/read/read-keys";
import { readSecondFactor } from "@/lib/services/read/read-second-factor";
import { prefetch, reading } from "../_server/prefetch";
import { ProfileView } from "./_components/profile-view";

export const metadata = { title: "Your account" };

export default async function ProfilePage() {
  const state = await prefetch([
    reading("keys", apiKeyKeys.list(), (ctx) => readKeys({ ctx })),
    reading("secondFactor", sessionKeys.secondFactor(), (ctx) => readSecondFactor({ ctx })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <ProfileView />
    </HydrationBoundary>
  );
}
