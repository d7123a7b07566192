/** The door of a garden's public pages. */
export {
  type ArticleRecord,
  type ArticleRow,
  archiveArticle,
  articleList,
  articleRecord,
  changeArticle,
  createArticle,
} from './server/articles.ts';
export { networkCard, shareCard } from './server/card.ts';
export { type ContactMessage, contactMessages, handleMessage, leaveMessage } from './server/contact.ts';
export { beginningOf, questionsOf, toHtml } from './server/markdown.ts';
export { gardenPlace, mapRecord, saveMapRecord, tellNetwork, tellNetworkOfAll } from './server/network-facts.ts';
export { type MapGarden, type MapPlace, mapGardens, mapPlaces } from './server/network-map.ts';
export { networkSite, saveNetworkSite } from './server/network-site.ts';
export { news, newsItem } from './server/news.ts';
export { publicOffer } from './server/offer.ts';
export { describePhoto, type PhotoTarget, removePhoto, setPhoto, shrink, sitePhoto, writePhoto } from './server/photos.ts';
/** Places of collection as everybody may know them, and what is near. */
export { type PlaceTime, type PublicPlace, publicPlaces } from './server/places.ts';
export { placesSeen } from './server/places-seen.ts';
export { ownHosts, publish, type SiteRecord, saveSite, siteRecord } from './server/publish.ts';
export { type RecipeCard, recipeCards } from './server/recipes.ts';
export { type DepotsInBrief, depotsInBrief, type InSeason, inSeason } from './server/season.ts';
export { type Site, siteOf } from './server/site.ts';
export { type OwnText, restoreText, saveText, siteTexts } from './server/texts.ts';
