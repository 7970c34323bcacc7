import { defineRule, fail, notApplicable, pass } from "@/lib/rules/define-rule";

export const ownerVerified = defineRule({
  id: "owner-verified",
  version: 2,
  title: "Owners are known and verified",
  severity: "low",
  category: "ownership",
  rationale:
    "A name in a tag is not yet somebody: it may be misspelt, a team that was dissolved or a person who left. Only an owner whom somebody has verified, with " +
    "an address, gets the findings that are his.",
  remediation:
    "Verify the owner here and add his e-mail address or chat handle, merge a misspelt name as an alias, or correct the tag of the broker.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Tagging Amazon MQ resources",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-tagging.html",
    },
  ],
  needs: ["tags", "ownerEntity"],
  // Somebody vouches for the owner here, in the product: nothing observed of the broker changes, so it is never remediation.
  judges: ["ownerEntity"],
  judged: () => null,
  replicas: "judged",
  basis: ({ owner }) => ({ owner: owner.ownerKey }),
  examples: [
    { title: "verified owner", expect: "pass" },
    {
      title: "a name that nobody verified",
      facts: { ownerEntity: { verified: false, contactable: false } },
      expect: "fail",
    },
    { title: "nobody owns the broker", attributes: { tags: {} }, expect: "not-applicable" },
    { title: "owner not looked up yet", withhold: ["ownerEntity"], expect: "unknown" },
  ],
  evaluate({ owner, facts: { ownerEntity } }) {
    if (owner.ownerKey === null) return notApplicable("Nobody owns the broker, which is a finding of its own.");
    const name = owner.display ?? owner.ownerKey;
    if (ownerEntity.verified) return pass(`${name} is verified.`);
    const reach = ownerEntity.contactable ? "" : " There is no address either.";
    return fail(`Nobody has verified that the owner ${JSON.stringify(name)} exists.${reach}`, {
      owner: owner.ownerKey,
      ownerSource: owner.source,
      contactable: ownerEntity.contactable,
    });
  },
});
