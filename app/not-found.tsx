import { NotFoundNotice } from "@/components/states/not-found-notice";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main>
      <NotFoundNotice what="page" />
    </main>
  );
}
