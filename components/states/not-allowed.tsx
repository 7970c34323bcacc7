"use client";

import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";

/** In place of a page that the person's role does not include. `allows`: what its permission allows, in words. */
export function NotAllowed({ allows }: { allows: string }) {
  return (
    <ContentLayout header={<Header variant="h1">Not allowed</Header>}>
      <Alert type="info" header="Your role does not include this page">
        It needs the permission to {allows.charAt(0).toLowerCase() + allows.slice(1)}. An administrator of MQ Steward
        can give you another role.
      </Alert>
    </ContentLayout>
  );
}
