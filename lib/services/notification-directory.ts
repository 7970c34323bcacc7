import type { Database } from "@/lib/db/client";
import { notificationDirectory } from "@/lib/db/notification-queries";
import type { Directory, Recipient } from "@/lib/notifications/routing/route-events";

/** Who can be reached as what today: an owner's address and the people who belong to it, and everybody by role. */
export async function loadDirectory(db: Database): Promise<Directory> {
  const { owners, people } = await notificationDirectory(db);
  const recipientOf = ({ id, name, email }: { id: string; name: string; email: string }): Recipient => ({
    address: email.toLowerCase(),
    name,
    personId: id,
  });
  const withRole = (role: string) => people.filter((person) => person.role === role).map(recipientOf);
  return {
    owners: new Map(
      owners.map(({ id, name, email }) => {
        const members = people.filter(({ ownerIds }) => ownerIds.includes(id)).map(recipientOf);
        const known = members.some(({ address }) => address === email?.toLowerCase());
        // A person's own address is his, with what he may do.
        const person = people.find((other) => other.email.toLowerCase() === email?.toLowerCase());
        const own =
          email && !known
            ? [person ? recipientOf(person) : { address: email.toLowerCase(), name, personId: null }]
            : [];
        return [id, { name, recipients: [...own, ...members] }];
      }),
    ),
    platform: withRole("administrator"),
    finops: withRole("finops"),
    manager: withRole("manager"),
  };
}
