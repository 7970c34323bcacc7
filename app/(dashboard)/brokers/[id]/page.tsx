import { HydrationBoundary } from "@tanstack/react-query";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { readBroker } from "@/lib/services/read/read-broker";
import { prefetch, reading } from "../../_server/prefetch";
import { BrokerView } from "./_components/broker-view";

export const metadata = { title: "Broker" };

export default async function BrokerPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const key = brokerKeys.detail(id);
  const state = await prefetch([reading("broker", key, (ctx) => readBroker({ ctx, input: { id } }))]);
  return (
    <HydrationBoundary state={state}>
      <BrokerView id={id} />
    </HydrationBoundary>
  );
}
