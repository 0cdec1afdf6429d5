/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `python server.py` listens, for `npm run dev`. */
const SERVER = process.env["HEIRLOOM_SERVER"] ?? "http://127.0.0.1:8188";

/** The server answers pages of its own address alone: it is asked under that of the development page. */
const PROXY = { target: SERVER, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    // The sample photo and the icon stay files of their own: they are cached, and no page waits for them.
    assetsInlineLimit: 0,
  },
  server: {
    // The sample photo is the one that the shipped workflows name.
    fs: { allow: [".", "../workflows"] },
    proxy: {
      "/api": PROXY,
      "/preview": PROXY,
      "/health": PROXY,
      "/ws": { ...PROXY, ws: true },
    },
  },
  test: {
    restoreMocks: true,
    projects: [
      // A window for each of some seventy files would take five times as long as the tests.
      { extends: true, test: { name: "pure", include: ["src/**/*.test.ts"], environment: "happy-dom", isolate: false } },
      { extends: true, test: { name: "parts", include: ["src/**/*.test.tsx"], environment: "happy-dom" } },
    ],
  },
});
