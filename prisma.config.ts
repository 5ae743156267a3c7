import { defineConfig } from "prisma/config";

// The connection is given to the client at run time (lib/platform/db.ts); generating needs none.
export default defineConfig({ schema: "prisma/schema.prisma" });
