import { sql } from 'kysely';
import { shrink } from '#domains/site/index.server.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { imageType } from '#platform/files/image.ts';
import type { Photo } from '#platform/files/photos.ts';
import { mayBeShown } from '../rules/workshop.ts';

/** Bytes: what a telephone takes. */
const heaviest = 12_000_000;
const widths = [480, 960] as const;
const mostPhotos = 12;

/** A photo as pages show it (site's `Photo`), with who can be recognised on it, and whether everybody may see it. */
export type WorkshopPhoto = {
  id: number;
  alt: string;
  /** Of its largest size, in pixels. */
  width: number;
  height: number;
  sizes: number[];
  people: { enrolmentId: number; name: string; agreed: boolean | null }[];
  shown: boolean;
};

async function load(tx: Tx, workshopId: number): Promise<WorkshopPhoto[]> {
  const { rows } = await sql<Omit<WorkshopPhoto, 'shown'>>`
    select p.id, p.alt, p.width, p.height,
      array(select f.width from workshop_photo_file f where f.garden_id = p.garden_id and f.photo_id = p.id order by f.width) as sizes,
      coalesce((select jsonb_agg(jsonb_build_object('enrolmentId', e.id, 'agreed', e.photos_agreed,
          'name', coalesce(nullif(trim(c.last_name || ' ' || c.first_name), ''), e.name)) order by e.id)
        from workshop_photo_person s
        join workshop_enrolment e on e.garden_id = s.garden_id and e.id = s.enrolment_id
        left join customer c on c.garden_id = e.garden_id and c.id = e.customer_id
        where s.garden_id = p.garden_id and s.photo_id = p.id), '[]') as people
    from workshop_photo p where p.garden_id = app_garden() and p.workshop_id = ${workshopId} order by p.id`.execute(tx);
  return rows.map((photo) => ({ ...photo, shown: mayBeShown(photo.people.map(({ agreed }) => agreed)) }));
}

/** Photos of a workshop, shown or not, for its team. One query. */
export function workshopPhotos(actor: Actor, workshopId: number): Promise<WorkshopPhoto[]> {
  requireRight(actor, 'workshops:change');
  return readInGarden(actor, (tx) => load(tx, workshopId));
}

/** Those that everybody may see, without names. One query. */
export function shownPhotos(actor: Actor, workshopId: number): Promise<Omit<WorkshopPhoto, 'people'>[]> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, async (tx) =>
    (await load(tx, workshopId)).filter(({ shown }) => shown).map(({ people: _, ...photo }) => photo),
  );
}

type Given = { content: Uint8Array; alt: string; people: readonly number[]; nobody: boolean };

/** Keeps a photo, with who can be recognised on it: the animator names them, or says that nobody can be. Refused beside `photo` or `people`. */
export async function addPhoto(actor: Actor, workshopId: number, { content, alt, people, nobody }: Given): Promise<Outcome<null>> {
  requireRight(actor, 'workshops:change');
  if (content.length === 0) return refuse('Aucune photo n’a été choisie.', { photo: 'Choisissez une photo.' });
  if (nobody === people.length > 0)
    return refuse('Dites qui l’on reconnaît.', {
      people: nobody
        ? 'Des personnes sont cochées : décochez « On ne reconnaît personne », ou elles.'
        : 'Cochez les personnes, ou « On ne reconnaît personne ».',
    });
  if (content.length > heaviest) return refuse('Cette photo est trop lourde.', { photo: 'Plus de 12 Mo : prenez-la en plus petit.' });
  const small = imageType(content) ? await shrink(content, widths) : null;
  if (!small) return refuse('Ce fichier n’est pas une photo que Cocagne sait lire.', { photo: 'Une photo JPEG, PNG ou WebP.' });
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ photos: number; known: number }>`
      select (select count(*)::int from workshop_photo where garden_id = app_garden() and workshop_id = w.id) as photos,
        (select count(*)::int from workshop_enrolment where garden_id = app_garden() and workshop_id = w.id and state <> 'withdrawn' and id = any(${people}::bigint[])) as known
      from workshop w where w.garden_id = app_garden() and w.id = ${workshopId} for update of w`.execute(tx);
    if (!rows[0]) return refuse('Cet atelier n’existe plus.');
    if (rows[0].known !== people.length) return refuse('La liste des inscrits a changé : regardez de nouveau qui est sur la photo.');
    if (rows[0].photos >= mostPhotos) return refuse(`Cet atelier a déjà ${mostPhotos} photos : retirez-en une d’abord.`);
    const garden_id = actor.gardenId;
    const { id } = await tx
      .insertInto('workshop_photo')
      .values({ garden_id, workshop_id: workshopId, alt, width: small.width, height: small.height })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('workshop_photo_file')
      .values(small.files.map((file) => ({ garden_id, photo_id: id, ...file })))
      .execute();
    if (people.length)
      await tx
        .insertInto('workshop_photo_person')
        .values(people.map((enrolment_id) => ({ garden_id, photo_id: id, enrolment_id })))
        .execute();
    return done(null);
  });
}

/** Takes a photo away for good. Taken twice, it is gone once. */
export function removeWorkshopPhoto(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'workshops:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from workshop_photo where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

/** One width of a photo. @param everybody whether it is asked for by visitors: then only while everybody on it agrees, of a workshop that is shown. One query. */
async function file(tx: Tx, id: number, width: number, everybody: boolean): Promise<Photo | null> {
  const { rows } = await sql<Photo & { agreements: (boolean | null)[]; published: boolean }>`
    select f.content, 'image/webp' as type, w.published,
      array(select e.photos_agreed from workshop_photo_person s join workshop_enrolment e on e.garden_id = s.garden_id and e.id = s.enrolment_id
        where s.garden_id = p.garden_id and s.photo_id = p.id) as agreements
    from workshop_photo p
    join workshop w on w.garden_id = p.garden_id and w.id = p.workshop_id
    join workshop_photo_file f on f.garden_id = p.garden_id and f.photo_id = p.id and f.width = ${width}
    where p.garden_id = app_garden() and p.id = ${id}`.execute(tx);
  const found = rows[0];
  if (!found || (everybody && !(found.published && mayBeShown(found.agreements)))) return null;
  return { content: found.content, type: found.type };
}

export function shownPhotoFile(actor: Actor, id: number, width: number): Promise<Photo | null> {
  requireRight(actor, 'workshops:read');
  return readInGarden(actor, (tx) => file(tx, id, width, true));
}

export function workshopPhotoFile(actor: Actor, id: number, width: number): Promise<Photo | null> {
  requireRight(actor, 'workshops:change');
  return readInGarden(actor, (tx) => file(tx, id, width, false));
}
