import type { Component } from 'svelte';

export type NavItem = {
  href: string;
  label: string;
  icon?: Component;
  /** Heading above the item, when it opens a new group. */
  section?: string;
  /** Matches only its own address, not those below (the home of a garden). */
  exact?: boolean;
  /** Other addresses that are its own: pages of the same subject that stand elsewhere. */
  also?: readonly string[];
};

/** The item that holds the current page: the longest address that is the page's or one above it. */
export function currentItem<Item extends Pick<NavItem, 'href' | 'exact' | 'also'>>(items: readonly Item[], path: string): Item | undefined {
  const bare = (address: string) => address.replace(/\/+$/, '');
  const here = bare(path);
  const holds = (address: string, exact = false) => here === bare(address) || (!exact && here.startsWith(`${bare(address)}/`));
  return items
    .filter(({ href, exact, also = [] }) => holds(href, exact) || also.some((address) => holds(address)))
    .sort((a, b) => b.href.length - a.href.length)[0];
}

/** « Claire Martin » → « CM ». */
export const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toLocaleUpperCase('fr'))
    .slice(0, 2)
    .join('');
