import { redirect } from '@sveltejs/kit';
import { contactMessages, publish, siteOf, siteRecord } from '#domains/site/index.server.ts';
import { enter } from '#edge/enter.ts';
import { canonical } from '#edge/enter-site.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'site:read');
  const [record, site, messages] = await Promise.all([siteRecord(actor), siteOf(garden.slug), contactMessages(actor)]);
  const { written, photos, phone, email, accent, name } = site!;
  const shown = (place: string) => photos.some((photo) => photo.place === place);
  return {
    published: record.publishedAt !== null,
    publishedAt: record.publishedAt,
    address: canonical(site!, ''),
    mayChange: can(actor, 'site:change'),
    name,
    left: messages.left,
    toDo: [
      { done: written.includes('tagline'), label: 'Écrire votre phrase d’accueil', path: '/site/textes/tagline' },
      { done: written.includes('about'), label: 'Dire qui vous êtes', path: '/site/textes/about' },
      { done: written.includes('social'), label: 'Raconter votre projet', path: '/site/textes/social' },
      { done: shown('cover'), label: 'Mettre une grande photo d’accueil', path: '/site/photos/cover' },
      { done: shown('logo'), label: 'Mettre votre logo', path: '/site/photos/logo' },
      { done: shown('basket'), label: 'Photographier vos paniers', path: '/site/photos' },
      { done: written.includes('opening'), label: 'Donner vos horaires', path: '/site/textes/opening' },
      { done: phone !== '' && email !== '', label: 'Vérifier votre téléphone et votre e-mail', path: '/reglages' },
      { done: accent !== null, label: 'Choisir votre couleur', path: '/reglages' },
    ],
  };
};

const open = async (event: Parameters<typeof enter>[0], wanted: boolean) => {
  const { actor, garden, today } = enter(event, 'site:change');
  const done = await publish(actor, wanted, today);
  if (!done.ok) return refused(done);
  leaveFlash(
    event.cookies,
    wanted ? 'Vos pages sont en ligne : tout le monde peut les voir.' : 'Vos pages ne sont plus en ligne : votre équipe seule les voit.',
  );
  redirect(303, `/gestion/${garden.slug}/site`);
};

export const actions = {
  publier: async (event) => {
    enter(event, 'site:change');
    return open(event, true);
  },
  retirer: async (event) => {
    enter(event, 'site:change');
    return open(event, false);
  },
};
