-- Owners that were merged into another stay as rows: costs and episodes of earlier days keep the owner of that day. Assignments say why, and who ended them.
ALTER TABLE "owner" ADD COLUMN     "merged_at" TIMESTAMPTZ(3),
ADD COLUMN     "merged_into_id" INTEGER;

ALTER TABLE "owner_assignment" ADD COLUMN     "ended_by" TEXT,
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '';

CREATE INDEX "owner_assignment_owner_id_idx" ON "owner_assignment"("owner_id");

ALTER TABLE "owner" ADD CONSTRAINT "owner_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "owner"("id") ON DELETE SET NULL ON UPDATE CASCADE;
