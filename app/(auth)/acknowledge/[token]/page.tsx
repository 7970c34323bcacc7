import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { isAppError } from "@/lib/domain/errors";
import { encode } from "@/lib/http/route";
import { notificationKeys } from "@/lib/queries/notifications.keys";
import { readAcknowledgement } from "@/lib/services/read/read-acknowledgement";
import { authCtx } from "../../_server/auth-ctx";
import { AcknowledgeView } from "./acknowledge-view";

/** The address carries a secret: it goes to no other page. */
export const metadata = { title: "Acknowledge findings", referrer: "no-referrer" };

/** What a link of an e-mail leads to. Opening it changes nothing; a link that is not ours is told by the browser's own reading. */
export default async function AcknowledgePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const client = new QueryClient();
  try {
    const view = await readAcknowledgement({ ctx: await authCtx(), input: { token } });
    client.setQueryData(notificationKeys.acknowledgement(token), encode("acknowledgement", view));
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AcknowledgeView token={token} />
    </HydrationBoundary>
  );
}
