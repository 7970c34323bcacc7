import { fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";
import { defineSubjectRule } from "@/lib/rules/define-subject-rule";

export const accountHasDefaultOwner = defineSubjectRule({
  id: "account-has-default-owner",
  version: 2,
  subject: "account",
  title: "Accounts with brokers have a default owner",
  severity: "low",
  category: "ownership",
  rationale:
    "A broker without an owner tag falls to the default owner of its account. Where there is none it falls to nobody: its findings reach no one, its " +
    "cost is no one's, and the team that runs the account learns of neither.",
  remediation:
    "Name the team that runs the account as its default owner (Settings, Accounts). It answers only for brokers that no tag and no assignment gives to " +
    "somebody else.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Tagging Amazon MQ resources",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-tagging.html",
    },
  ],
  looksAt: ["default owner of the account", "brokers of the account"],
  // A setting of the product, nothing that AWS shows: naming somebody is no remediation.
  judged: () => null,
  examples: [
    { title: "default owner named", expect: "pass" },
    { title: "brokers and nobody named", subject: { defaultOwner: null }, expect: "fail" },
    {
      title: "account without brokers",
      subject: { defaultOwner: null, regions: [{ region: "eu-west-1", brokers: 0 }] },
      expect: "not-applicable",
    },
    {
      title: "brokers could not be listed",
      subject: { defaultOwner: null, regions: [{ region: "eu-west-1", brokers: null }] },
      expect: "unknown",
    },
  ],
  evaluate({ defaultOwner, regions }) {
    if (defaultOwner !== null) return pass(`The default owner is ${defaultOwner}.`);
    const brokers = regions.reduce((sum, region) => sum + (region.brokers ?? 0), 0);
    if (brokers > 0) {
      const held = brokers === 1 ? "1 broker" : `${brokers} brokers`;
      // Without the number, which is no news when it changes.
      return fail(`The account holds ${held} and has no default owner.`, { defaultOwner: null });
    }
    const unread = regions.filter((region) => region.brokers === null).map(({ region }) => region);
    return unread.length > 0
      ? unknown(`Nobody is named; whether it holds brokers is not known of ${unread.join(", ")}.`)
      : notApplicable("The account holds no brokers.");
  },
});
