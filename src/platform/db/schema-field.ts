import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** From field to basket (0011). Quantities: thousandths of the unit. Reference prices: ten-thousandths of a euro per unit, without VAT. */
export type Unit = 'kg' | 'piece' | 'bunch' | 'box';
type Photo = Tenant & { content: Buffer; content_type: string; created_at: Stamp };

export type SupplierTable = Tenant &
  Versioned &
  Archivable & { name: string; contact: Generated<string>; phone: Generated<string>; email: Generated<string>; note: Generated<string> };
export type CrewTable = Tenant & Versioned & Archivable & { name: string; position: Generated<number> };
export type ProduceTable = Tenant &
  Versioned &
  Archivable & {
    name: string;
    family: Generated<string>;
    category: Generated<'vegetable' | 'fruit' | 'herb' | 'other'>;
    unit: Generated<Unit>;
    piece_grams: number | null;
    organic: Generated<'organic' | 'conversion' | 'conventional'>;
    months: Generated<number[]>;
    storage: Generated<string>;
    emoji: Generated<string>;
    supplier_id: number | null;
    crew_id: number | null;
    container: Generated<string>;
    container_quantity: number | null;
    created_at: Stamp;
  };
export type ProducePhotoTable = Photo & { produce_id: number };
export type ReferencePriceTable = Tenant & {
  produce_id: number;
  starts_on: Day;
  unit_price: number | null;
  note: Generated<string>;
  created_at: Stamp;
};
export type ProducePairTable = Tenant & { produce_id: number; other_id: number };
export type CompositionTable = Tenant &
  Versioned & { product_id: number; day: Day; tour_id: number | null; note: Generated<string>; created_at: Stamp };
export type CompositionLineTable = Tenant & {
  composition_id: number;
  produce_id: number;
  quantity: number;
  unit: Unit;
  unit_price: number | null;
  locked: Generated<boolean>;
};
export type HarvestTable = Tenant &
  Versioned & {
    day: Day;
    produce_id: number;
    available: number | null;
    use_up: Generated<boolean>;
    must_have: Generated<boolean>;
    shares: ColumnType<Record<string, number>, string | undefined, string>;
    picked: number | null;
    packed: number | null;
    lost: number | null;
    loss_reason: Generated<string>;
    note: Generated<string>;
  };
export type RecipeTable = Tenant &
  Versioned &
  Archivable & {
    name: string;
    ingredients: Generated<string>;
    body: Generated<string>;
    servings: number | null;
    minutes: number | null;
    shared_id: number | null;
    copied_from: number | null;
    created_at: Stamp;
  };
export type RecipeProduceTable = Tenant & { recipe_id: number; produce_id: number };
export type NewsletterTable = Tenant &
  Versioned & { day: Day; title: Generated<string>; news: Generated<string>; recipe_id: number | null; created_at: Stamp };
export type PackingTable = Tenant & Versioned & { delivery_id: number; slot_id: number; product_id: number; packed: Generated<number> };
export type PackingTaskTable = Tenant & Versioned & { delivery_id: number; product_id: number | null; who: string };
export type StopMarkTable = Tenant & {
  delivery_id: number;
  slot_id: number;
  key: string;
  kind: 'done' | 'problem';
  said_at: Date;
  user_id: string | null;
  note: Generated<string>;
  created_at: Stamp;
  withdrawn_at: Date | null;
};
export type StopPhotoTable = Photo & { mark_id: number };
export type BasketOutcomeTable = Tenant &
  Versioned & {
    delivery_id: number;
    subscription_id: number;
    kind: 'missing' | 'refused' | 'spoiled' | 'unclaimed';
    quantity: number;
    remedy: 'credit' | 'make_up' | null;
    decision: Generated<'' | 'given' | 'kept' | 'composted' | 'sold'>;
    note: Generated<string>;
    created_at: Stamp;
  };
export type SharedRecipeTable = {
  id: Generated<number>;
  garden_name: string;
  name: string;
  ingredients: Generated<string>;
  body: string;
  servings: number | null;
  minutes: number | null;
  produce: string[];
  given_by: number;
  updated_at: Stamp;
};

export type FieldSchema = {
  supplier: SupplierTable;
  crew: CrewTable;
  produce: ProduceTable;
  produce_photo: ProducePhotoTable;
  reference_price: ReferencePriceTable;
  produce_pair: ProducePairTable;
  composition: CompositionTable;
  composition_line: CompositionLineTable;
  harvest: HarvestTable;
  recipe: RecipeTable;
  recipe_produce: RecipeProduceTable;
  newsletter: NewsletterTable;
  packing: PackingTable;
  packing_task: PackingTaskTable;
  stop_mark: StopMarkTable;
  stop_photo: StopPhotoTable;
  basket_outcome: BasketOutcomeTable;
  shared_recipe: SharedRecipeTable;
};
