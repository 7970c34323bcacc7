-- AlterTable
ALTER TABLE "cost_recommendation" ADD COLUMN "detail_hash" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "recommendation_outcome" ADD COLUMN "outcomes_hash" TEXT NOT NULL DEFAULT '';
