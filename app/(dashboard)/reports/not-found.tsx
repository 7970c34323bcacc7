import { NotFoundNotice } from "@/components/states/not-found-notice";

export default function NotFound() {
  return <NotFoundNotice what="report" />;
}
