"use client";

import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { ROLE_NAMES } from "@/lib/contracts/permissions";
import { sessionQuery } from "@/lib/queries/session";
import { KeysPanel } from "./keys-panel";
import { SecondFactorPanel } from "./second-factor-panel";

/** What a person has here of his own. */
export function ProfileView() {
  const person = useQuery(sessionQuery()).data?.person;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={person ? `${person.email}, ${ROLE_NAMES[person.role]}` : undefined}>
          Your account
        </Header>
      }
    >
      <SpaceBetween size="l">
        <SecondFactorPanel />
        <Container>
          <KeysPanel />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}
