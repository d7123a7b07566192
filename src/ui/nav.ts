import type { Component } from 'svelte';

export type NavItem = {
  href: string;
  label: string;
  icon?: Component;
  /** Heading above the item, when it opens a new group. */
  section?: string;
  /** Matches only its own address, not those below (the home of a garden). */
  exact?: boolean;
};

/** The item that holds the current page: the longest address that is the page's or one above it. */
export function currentItem<Item extends Pick<NavItem, 'href' | 'exact'>>(items: readonly Item[], path: string): Item | undefined {
  const bare = (address: string) => address.replace(/\/+$/, '');
  const here = bare(path);
  return items
    .filter(({ href, exact }) => here === bare(href) || (!exact && here.startsWith(`${bare(href)}/`)))
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
