/** The door of giving: gifts, those who give, campaigns, tax receipts. */

export {
  type Campaign,
  type CampaignPage,
  campaignChoices,
  campaignList,
  campaignPage,
  saveCampaign,
  setCampaignArchived,
} from './server/campaigns.ts';
export { addUse, type DedicatedFund, dedicatedPage, postDedicated } from './server/dedicated.ts';
export { changeDonor, type Donor } from './server/donors.ts';
export { type ForgottenGiving, forgetOldDonors } from './server/forget.ts';
export { cancelGift, receiveGift, recordGift } from './server/gifts.ts';
/** Baskets given while away: to organisations, or their value. */
export { type GivenChoices, giveBasket, giveBasketOwn, givenChoices, ownGivenChoices } from './server/given-baskets.ts';
export { type GiftList, type GiftRow, type GiftsAsked, giftList, giftSorts, giftsToExport } from './server/list.ts';
/** From one's own account. */
export { giveOwn, type OwnGiving, ownGiving, ownReceipt, type RoundUp, roundUp, stopOwnRegular, wishReceipts } from './server/own.ts';
/** From public pages: what everybody sees, and who gives. */
export { give, type PublicCampaign, proposed, publicCampaign, publicCampaigns } from './server/public.ts';
export { type DonorPage, donorPage, type GiftChoices, type GiftPage, giftChoices, giftPage, givingCustomer } from './server/read.ts';
export { cancelReceipt, type Made, makeReceipt, makeYear } from './server/receipts.ts';
export {
  mostPrinted,
  type ReceiptPage,
  type ReceiptRow,
  type ReceiptsPage,
  receiptPage,
  receiptPdf,
  receiptsPage,
  receiptsPdf,
} from './server/receipts-read.ts';
export {
  addRecipient,
  changeRecipient,
  type Recipient,
  type RecipientsPage,
  recipientsPage,
  setRecipientArchived,
} from './server/recipients.ts';
export { endRegular } from './server/regular.ts';
export { giveReceiptsAtOnce, markReceiptPrinted, markYearPrinted, sendReceipt, sendYear } from './server/send.ts';
/** What others tell of gifts: payments online, invoices, months that pass. */
export { settleGifts, settleOnlineGift } from './server/settle.ts';
export { type StatementPage, stateEligibility, statementPage } from './server/statements.ts';
