import { useEffect, useRef, type ReactNode } from "react";

import styles from "./Menu.module.css";

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  /** How the keyboard does the same. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps {
  readonly label: string;
  /** Groups are divided by lines. */
  readonly groups: readonly (readonly MenuItem[])[];
  /** Its top left corner in the window; moved inward where it would leave it. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

/** A context menu while it is mounted: arrows move, Enter chooses, Escape and a click elsewhere close. */
export function Menu({ label, groups, at, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = menu.current;
    if (!element) return;
    const before = document.activeElement;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(8, Math.min(at.x, window.innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(at.y, window.innerHeight - height - 8))}px`;
    items(element)[0]?.focus();
    const elsewhere = (event: PointerEvent) => {
      if (!element.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", elsewhere, true);
    return () => {
      document.removeEventListener("pointerdown", elsewhere, true);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [at, onClose]);
  return (
    <div
      ref={menu}
      role="menu"
      aria-label={label}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Tab") onClose();
        else if (event.key === "ArrowDown") step(event.currentTarget, 1);
        else if (event.key === "ArrowUp") step(event.currentTarget, -1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {groups.filter((group) => group.length).map((group, index) => (
        <div key={index} role="group" className={styles.group}>
          {group.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              disabled={item.disabled}
              className={item.danger ? styles.danger : styles.item}
              onClick={() => {
                onClose();
                item.onChoose();
              }}
            >
              <span className={styles.icon}>{item.icon}</span>
              <span className={styles.label}>{item.label}</span>
              {item.keys && <kbd className={styles.keys}>{item.keys}</kbd>}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

const items = (menu: HTMLElement): readonly HTMLButtonElement[] => [
  ...menu.querySelectorAll<HTMLButtonElement>("[role=menuitem]:not(:disabled)"),
];

function step(menu: HTMLElement, by: number): void {
  const all = items(menu);
  const now = all.findIndex((item) => item === document.activeElement);
  all[(now + by + all.length) % all.length]?.focus();
}
