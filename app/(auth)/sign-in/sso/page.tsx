import { SignOnReturn } from "./sign-on-return";

export const metadata = { title: "Sign in" };

/** Where the OpenID provider sends the browser back to. */
export default function SignOnReturnPage() {
  return <SignOnReturn />;
}
