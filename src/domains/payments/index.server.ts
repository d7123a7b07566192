/** The door of payments: what is received and given back, what it pays, and how it goes to the bank. */
export { type Item, type Match, type Settled, settle } from './rules/matching.ts';
export { type Act, completePayment, receivePayment, refusePayment, withdrawPayment } from './server/change.ts';
export { documentLeft } from './server/document-left.ts';
/** For the domains that come after, within a transaction of theirs. */
export { type Account, type AccountItem, comingPayments, openItems } from './server/items.ts';
export { type PaymentList, type PaymentRow, paymentList, paymentSorts, paymentsToExport } from './server/list.ts';
export { madeGood, rejectMarketCheque, settleMarketCheque } from './server/market-cheque.ts';
export { changeMethod, createMethod, type Method, methods, methodsPage, setMethodArchived } from './server/methods.ts';
export { addPayment, addRefund, type PayingPage, payingPage } from './server/pay.ts';
export { type PaymentPage, paymentPage } from './server/payment.ts';
export { addPile, type PilePage, pilePage } from './server/pile.ts';
export { receiveAgain, withdrawRejectionFee } from './server/receive-again.ts';
export { type Given, markPaid, recordPayment, recordPayments } from './server/record.ts';
export { cancelPayment, cancelPayments, type Rejection, rejectPayment } from './server/reject.ts';
export { deposit, depositSlip, makeSlip, undoSlip } from './server/slip-commands.ts';
export { slipSheet } from './server/slip-sheet.ts';
export { openSlips, type Slip, type SlipLine, type SlipRow, slip, slipChoice, slipList, type ToRemit } from './server/slips.ts';
export { addTaking, undoTaking } from './server/taking-commands.ts';
export { type Taking, type TakingChoices, type TakingRow, taking, takingChoices, takingList } from './server/takings.ts';
export { paymentTrail } from './trail.ts';
