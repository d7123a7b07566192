/** The two faces of baskets of employees. */
export const employeesTabs = (slug: string) => [
  { href: `/gestion/${slug}/paniers-salaries`, label: 'Pour la paie' },
  { href: `/gestion/${slug}/paniers-salaries/autorisations`, label: 'Autorisations' },
];
