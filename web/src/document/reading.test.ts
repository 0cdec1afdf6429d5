import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { readWorkflow, workflowIn, writeWorkflow } from "./reading";
import { workflows } from "./testing/workflows";

const message = (text: string): string => {
  const read = readWorkflow(text);
  return "problems" in read ? (read.problems[0]?.message ?? "") : "read";
};

describe("a workflow's file", () => {
  test("gives back what was written", () =>
    fc.assert(
      fc.property(workflows, (workflow) => {
        expect(readWorkflow(writeWorkflow(workflow))).toEqual({ workflow: JSON.parse(JSON.stringify(workflow)) as unknown });
      }),
    ));

  test("of any content is read or refused with a word, and never throws", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = workflowIn(value);
        if ("problems" in read) expect(read.problems[0]?.remedy).not.toBe("");
      }),
    ));

  test("that is damaged in any part is refused or can be shown", () =>
    fc.assert(
      fc.property(
        workflows,
        fc.constantFrom("nodes", "layout", "controls", "input", "result", "each", "title", "version"),
        fc.jsonValue(),
        (workflow, part, value) => {
          const read = workflowIn({ ...workflow, [part]: value });
          if ("workflow" in read) expect(writeWorkflow(read.workflow)).toContain("nodes");
        },
      ),
    ));

  it("may begin with a byte order mark, and say null for what is not there", () => {
    const read = readWorkflow('\uFEFF{"version": 1, "nodes": {}, "input": null}');
    expect(read).toEqual({ workflow: { version: 1, nodes: {} } });
  });

  it("says what is wrong with it", () => {
    expect(message("{")).toMatch(/not JSON/);
    expect(message("[]")).toMatch(/holds no workflow/);
    expect(message('{"nodes": {}}')).toMatch(/holds no workflow/);
    expect(message('{"version": 2, "nodes": {}}')).toMatch(/newer version/);
    expect(message('{"last_node_id": 9, "nodes": []}')).toMatch(/ComfyUI/);
    expect(message('{"3": {"class_type": "KSampler", "inputs": {}}}')).toMatch(/ComfyUI/);
    expect(message('{"version": 1, "nodes": {"a": {"type": "x/y", "inputs": {"image": "b"}}}}')).toMatch(/“a”/);
    expect(message('{"version": 1, "nodes": {}, "layout": {"#frames": [{}]}}')).toMatch(/“layout”/);
  });
});
