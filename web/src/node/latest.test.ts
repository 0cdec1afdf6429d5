import fc from "fast-check";
import { expect, it } from "vitest";

import { latest } from "./latest";

it("does one thing at a time, and always the newest in the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (scheduler, count) => {
      const done: number[] = [];
      let busy = 0;
      const ask = latest<number>(async (item) => {
        busy += 1;
        expect(busy).toBe(1);
        await scheduler.schedule(Promise.resolve());
        busy -= 1;
        done.push(item);
      });
      const wishes = scheduler.scheduleSequence(
        Array.from({ length: count }, (_, item) => async () => {
          ask(item);
          await Promise.resolve();
        }),
      );
      await scheduler.waitIdle();
      await wishes.task;
      await scheduler.waitIdle();
      expect(done.at(-1)).toBe(count - 1);
      expect(done).toEqual([...done].sort((one, other) => one - other));
    }),
  );
});
