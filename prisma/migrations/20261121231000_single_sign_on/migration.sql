-- Who of an OpenID provider is whom here, and what its groups mean.
CREATE TABLE "person_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "groups" TEXT[] NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "refused_at" TIMESTAMPTZ(3),
    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("issuer", "subject")
);
CREATE UNIQUE INDEX "person_identity_person_id_key" ON "person_identity"("person_id");

CREATE TABLE "sign_on_group" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT,
    "owner_id" INTEGER,
    CONSTRAINT "sign_on_group_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sign_on_group_one_meaning" CHECK (("role" IS NULL) <> ("owner_id" IS NULL))
);
CREATE INDEX "sign_on_group_name_idx" ON "sign_on_group"("name");
CREATE INDEX "sign_on_group_owner_id_idx" ON "sign_on_group"("owner_id");

-- A sign-in at the provider that has begun and not come back yet.
CREATE TABLE "sign_on_flow" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "code_verifier" TEXT NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "sign_on_flow_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sign_on_flow_expires_at_idx" ON "sign_on_flow"("expires_at");

ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sign_on_group" ADD CONSTRAINT "sign_on_group_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owner"("id") ON DELETE CASCADE ON UPDATE CASCADE;
