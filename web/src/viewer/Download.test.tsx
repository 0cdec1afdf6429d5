import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { Download } from "./Download";

afterEach(cleanup);

test("the picture comes as a file of the format that is chosen", () => {
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.getAttribute("href") ?? "");
  });
  render(<Download shown={{ id: "a", label: "Sharpen", picture: { key: "abc", output: "image" } }} />);
  fireEvent.click(screen.getByRole("button", { name: "Download this picture" }));
  expect(screen.getAllByRole("menuitem")).toHaveLength(4);
  fireEvent.click(screen.getByRole("menuitem", { name: /TIFF/ }));
  expect(clicked).toEqual(["/preview/abc/file?format=tiff&name=Sharpen&output=image"]);
  expect(screen.queryByRole("menu")).toBeNull();
});
