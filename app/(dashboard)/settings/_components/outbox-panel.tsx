"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { PagedTable } from "@/components/list/paged-table";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { CodeWords } from "@/components/ui/code-words";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { Status, type StatusType } from "@/components/ui/status";
import { type OutboxMessage, outboxQuery } from "@/lib/contracts/notifications";
import { DELIVERY_NAMES, type MessageState } from "@/lib/domain/notification";
import { outboxQueryOptions, resendMessageMutation } from "@/lib/queries/notifications";
import { outboxSearch } from "@/lib/queries/notifications.keys";
import { mayOf, sessionQuery } from "@/lib/queries/session";

const STATES = [
  { value: "", label: "Any state" },
  { value: "queued", label: "Waiting" },
  { value: "failing", label: "Failed, tried again" },
  { value: "sent", label: "Sent" },
  { value: "unconfirmed", label: "Perhaps sent" },
  { value: "dead", label: "Given up" },
] as const;
const WORDS: Readonly<Record<MessageState, { type: StatusType; text: string }>> = {
  queued: { type: "pending", text: "Waiting" },
  sending: { type: "in-progress", text: "Being sent" },
  sent: { type: "success", text: "Sent" },
  unconfirmed: { type: "warning", text: "Perhaps sent" },
  dead: { type: "error", text: "Given up" },
};

/** What was sent, what waits, and what failed: the last can be sent again. */
export function OutboxPanel() {
  const pathname = usePathname();
  const { tab: _, page: pageText, ...wanted } = Object.fromEntries(useSearchParams());
  const parsed = outboxQuery.safeParse(wanted);
  const input = parsed.success ? parsed.data : outboxQuery.parse({});
  const page = Math.max(1, Number(pageText) || 1);
  const reading = useQuery(outboxQueryOptions(input));
  const session = useQuery(sessionQuery()).data;
  const may = session !== undefined && mayOf("notifications:write")(session);
  const go = (next: { state?: string; limit?: number; cursor?: string }, nextPage = 1) => {
    const text = new URLSearchParams(outboxSearch(next));
    text.set("tab", "outbox");
    if (nextPage > 1) text.set("page", String(nextPage));
    window.history.pushState(null, "", `${pathname}?${text}`);
  };
  const { cursor, limit, ...filter } = input;
  return (
    <PagedTable
      variant="borderless"
      reading={reading}
      what="messages"
      failed="The outbox"
      place={{ listKey: outboxSearch(filter), page, cursor, limit }}
      goTo={(next, nextCursor) => go({ ...input, cursor: nextCursor }, next)}
      filtered={input.state !== undefined}
      onClear={() => go({ limit })}
      allClear={<AllClear title="Nothing was sent yet">Messages appear here with what came of them.</AllClear>}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: "Outbox" }}
      header={
        <Header
          variant="h2"
          counter={reading.data ? `(${reading.data.total})` : undefined}
          description="Perhaps sent: the program was stopped, or the connection cut, before the receiver's answer. It is not sent twice by itself."
        >
          Outbox
        </Header>
      }
      filter={
        <Select
          options={STATES}
          selectedOption={STATES.find(({ value }) => value === (input.state ?? "")) ?? null}
          inlineLabelText="State"
          onChange={({ detail }) => go({ limit, state: detail.selectedOption.value || undefined })}
        />
      }
      columnDefinitions={[
        { id: "due", header: "Due", isRowHeader: true, minWidth: 115, cell: ({ dueAt }) => <Instant at={dueAt} /> },
        { id: "what", header: "Message", minWidth: 180, cell: (message) => <What message={message} /> },
        {
          id: "to",
          header: "To",
          minWidth: 130,
          cell: ({ channel, recipient }) => (
            <div className="mqs-break">
              {recipient === "" ? channel.name : <CodeWords text={recipient} />}
              {recipient !== "" && (
                <Box variant="small" display="block">
                  {channel.name}
                </Box>
              )}
            </div>
          ),
        },
        { id: "delivery", header: "How soon", minWidth: 90, cell: ({ delivery }) => DELIVERY_NAMES[delivery] },
        { id: "state", header: "State", minWidth: 130, cell: (message) => <State message={message} /> },
        {
          id: "actions",
          header: "Actions",
          minWidth: 95,
          cell: (message) => (may ? <Resend message={message} /> : "–"),
        },
      ]}
    />
  );
}

function What({ message: { first, events } }: { message: OutboxMessage }) {
  return (
    <div className="mqs-break">
      {first}
      {events > 1 && (
        <Box variant="small" display="block">
          and {formatNumberOf(events - 1, "more event")}
        </Box>
      )}
    </div>
  );
}

function State({ message: { state, sentAt, attempts, nextAttemptAt, lastError } }: { message: OutboxMessage }) {
  const { type, text } = WORDS[state];
  return (
    <div className="mqs-break">
      <Status type={type}>{text}</Status>
      {sentAt && (
        <Box variant="small" display="block">
          <Instant at={sentAt} />
        </Box>
      )}
      {state === "queued" && attempts > 0 && nextAttemptAt && (
        <Box variant="small" display="block">
          After {formatNumberOf(attempts, "attempt")}, again <Instant at={nextAttemptAt} />
        </Box>
      )}
      {lastError && (
        <Box variant="small" display="block">
          {lastError}
        </Box>
      )}
    </div>
  );
}

function Resend({ message: { id, state } }: { message: OutboxMessage }) {
  const { notify, notifyRefusal } = useNotifications();
  const resend = useMutation(resendMessageMutation(useQueryClient()));
  if (state !== "dead" && state !== "unconfirmed") return "–";
  return (
    <Button
      variant="inline-link"
      loading={resend.isPending}
      ariaLabel={`Send message ${id} again`}
      onClick={() =>
        resend.mutate(id, {
          onSuccess: () => notify({ type: "success", header: `Message ${id} is sent again` }),
          onError: notifyRefusal,
        })
      }
    >
      Send again
    </Button>
  );
}
