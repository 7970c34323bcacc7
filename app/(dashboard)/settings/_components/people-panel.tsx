"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { CodeWords } from "@/components/ui/code-words";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { PanelTable } from "@/components/ui/panel-table";
import { Status } from "@/components/ui/status";
import type { PersonItem } from "@/lib/contracts/people";
import { ROLE_NAMES } from "@/lib/contracts/permissions";
import {
  changePersonMutation,
  peopleQuery,
  resetPasswordMutation,
  resetSecondFactorMutation,
  revokeSessionsMutation,
} from "@/lib/queries/people";
import { OneTimePassword } from "./one-time-password";
import { PersonEditor } from "./person-editor";

type Dialog =
  | { kind: "add" }
  | { kind: "edit"; person: PersonItem }
  | { kind: "password"; name: string; password: string }
  | null;

/** Who may sign in, as what, and what an administrator can do about it. */
export function PeoplePanel() {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { data, error, refetch, isFetching } = useQuery(peopleQuery());
  const act = usePersonActions((name, password) => setDialog({ kind: "password", name, password }));
  const close = () => setDialog(null);
  return (
    <>
      <PanelTable
        title="People"
        things="people"
        description="A person with the role Owner may act on the brokers of the owner entities named here only."
        items={data?.items}
        total={data?.total}
        add={
          <Button variant="primary" onClick={() => setDialog({ kind: "add" })} disabled={!data}>
            Add a person
          </Button>
        }
        columns={[
          { id: "name", header: "Name", isRowHeader: true, minWidth: 150, cell: (person) => <Name person={person} /> },
          { id: "role", header: "Role", cell: ({ role }) => ROLE_NAMES[role] },
          {
            id: "owners",
            header: "Owner entities",
            minWidth: 110,
            cell: ({ owners }) => owners.map(({ displayName }) => displayName).join(", ") || "None",
          },
          { id: "state", header: "State", minWidth: 125, cell: (person) => <State person={person} /> },
          {
            id: "last",
            header: "Last sign-in, sessions",
            minWidth: 160,
            cell: ({ lastSignInAt, sessions }) => (
              <div>
                <div>{lastSignInAt ? <Instant at={lastSignInAt} /> : "Never"}</div>
                <Box variant="small">{sessions === 0 ? "No session" : formatNumberOf(sessions, "session")}</Box>
              </div>
            ),
          },
        ]}
        rowActions={{
          nameOf: (person) => person.name,
          actionsOf: (person) => [
            { id: "edit", text: "Change" },
            { id: "sessions", text: "End all sessions", disabled: person.sessions === 0 },
            { id: "password", text: "Reset the password", disabled: person.issuer !== null },
            { id: "factor", text: "Remove the second factor", disabled: !person.secondFactor },
            { id: "disable", text: person.disabledAt ? "Enable" : "Disable" },
          ],
          onAct: (id, person) => {
            if (id === "edit") setDialog({ kind: "edit", person });
            if (id === "sessions" || id === "password" || id === "factor" || id === "disable") act(id, person);
          },
        }}
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
        empty={<AllClear title="Nobody has an account" />}
      />
      {(dialog?.kind === "add" || dialog?.kind === "edit") && (
        <PersonEditor
          person={dialog.kind === "edit" ? dialog.person : null}
          owners={data?.owners ?? []}
          onClose={close}
          onAdded={(name, password) => setDialog({ kind: "password", name, password })}
        />
      )}
      {dialog?.kind === "password" && <OneTimePassword name={dialog.name} password={dialog.password} onClose={close} />}
    </>
  );
}

/** What is done without a dialog of its own; its outcome is a notice. */
function usePersonActions(onPassword: (name: string, password: string) => void) {
  const client = useQueryClient();
  const { notify, notifyRefusal } = useNotifications();
  const revoke = useMutation(revokeSessionsMutation(client));
  const reset = useMutation(resetPasswordMutation(client));
  const change = useMutation(changePersonMutation(client));
  const factor = useMutation(resetSecondFactorMutation(client));
  return (what: "sessions" | "password" | "factor" | "disable", { id, name, disabledAt }: PersonItem) => {
    if (what === "sessions") {
      revoke.mutate(id, {
        onSuccess: ({ ended }) =>
          notify({ type: "success", header: `${formatNumberOf(ended, "session")} of ${name} ended` }),
        onError: notifyRefusal,
      });
    }
    if (what === "password") {
      reset.mutate(id, { onSuccess: ({ password }) => onPassword(name, password), onError: notifyRefusal });
    }
    if (what === "factor") {
      factor.mutate(id, {
        onSuccess: () => notify({ type: "success", header: `${name} signs in without a code` }),
        onError: notifyRefusal,
      });
    }
    if (what === "disable") {
      change.mutate(
        { id, disabled: disabledAt === null },
        {
          onSuccess: (after) =>
            notify({
              type: "success",
              header: after.disabledAt ? `${name} can no longer sign in` : `${name} can sign in again`,
            }),
          onError: notifyRefusal,
        },
      );
    }
  };
}

function Name({ person: { name, email } }: { person: PersonItem }) {
  return (
    <div className="mqs-break">
      {name}
      <Box color="text-body-secondary">
        <CodeWords text={email} />
      </Box>
    </div>
  );
}

function State({ person: { disabledAt, mustChangePassword, issuer, refused, secondFactor } }: { person: PersonItem }) {
  if (disabledAt) return <Status type="stopped">Disabled</Status>;
  if (refused) return <Status type="stopped">In no group that may</Status>;
  if (issuer !== null) return <Status type="success">Single sign-on</Status>;
  if (secondFactor && !mustChangePassword) return <Status type="success">Password and code</Status>;
  return mustChangePassword ? (
    <Status type="pending">Has a one-time password</Status>
  ) : (
    <Status type="success">Can sign in</Status>
  );
}
