"""What pages call things: `OPEN` may be looked at while rules are mended, `HELD` is for measuring.

Both were written down before the rules that were measured with them. Words are parted by `|`.
"""

OPEN = {
    "paid": (
        "轉帳成功|交易成功|轉帳完成|交易完成|繳費成功|付款成功|匯款成功|已轉帳|已完成轉帳|"
        "已完成|已付款|已繳費|轉好了|轉好囉!|付好了|繳好囉|完成囉|完成!|搞定!|錢轉出去了|"
        "搞定,錢轉出去了|轉帳已完成|成功轉出|交易已完成|款項已轉出|錢已經轉過去了|"
        "您的轉帳交易已完成|交易結果:成功|訊息:交易完成|OK交易完成|轉帳成功囉|已成功轉帳|"
        "Transfer successful|Payment complete|Done|Done!|All done!|Money sent|Paid|"
        "Transaction complete|Success!|Completed|Your transfer is complete|Transfer done|"
        "Payment sent"
    ),
    "not_yet": (
        "預約轉帳成功|預約完成|已預約|交易已受理|待放行|待覆核|已送出,待放行|處理中|"
        "交易處理中|請確認轉帳資料|確認轉帳|排程成功|快搞定了|還差一步|即將轉出|再一步就完成|"
        "尚未完成|等待對方收款|準備轉帳|要轉囉|確定要轉嗎?|轉帳預覽|就快好了|"
        "先不要關掉,轉帳中|轉帳中|付款中|還沒轉出|輸入密碼就完成|明天幫你轉|會在9/18轉出|"
        "約好了,9/20轉|已排定|9/20自動轉帳|Scheduled|Pending|Almost done|Processing|"
        "Review and confirm|Transfer scheduled|Not done yet|Sending|On its way soon|"
        "Ready to send?|One more step"
    ),
    "failed": (
        "轉帳失敗|交易失敗|沒有成功|轉不出去|沒轉成|轉帳沒成功|餘額不足|交易未成功|"
        "無法完成交易|轉帳未完成|哎呀,出錯了|錢沒轉出去|出了點問題|這筆沒過|被退回來了|"
        "Failed|Declined|Something went wrong|Unsuccessful|Not completed|Could not send|Oops!"
    ),
    "void": (
        "交易已取消|已退款|退款成功|已沖正|已作廢|款項已退回|已撤回|付款已取消|"
        "這筆已經退給你了|取消好了|退好了|Refunded|Reversed|Voided|Money returned|Cancelled"
    ),
    "amount": (
        "轉帳金額|交易金額|金額|匯款金額|轉出金額|繳費金額|付款金額|支付金額|轉了多少|轉帳款|"
        "給多少|金額(NT$)|金額(元)|金額(TWD)|本次轉出|交易金額(台幣)|匯出金額|這次轉了|"
        "Amount|Transfer amount|Amount (TWD)|You sent|Amount sent|Payment"
    ),
    "payee": (
        "轉入帳號|收款帳號|收款人帳號|入帳帳號|存入帳號|對方帳號|轉給|轉給誰|轉到|匯到|給誰|"
        "收款方|轉入|轉入帳戶|銷帳編號|繳款帳號|虛擬帳號|到|存到|(行庫)轉入帳號|"
        "轉入行庫/帳號|入帳帳戶|To|To account|Payee account|Beneficiary account|Send to|"
        "Recipient account"
    ),
    "payer": (
        "轉出帳號|付款帳號|扣款帳號|轉出帳戶|從|從哪裡轉|從這個帳戶|用哪個帳戶|付款帳戶|"
        "我的帳戶|扣款來源|卡片帳號|轉出|由|From|From account|Debit account|Paid from|"
        "Pay from"
    ),
    "fee": (
        "手續費|轉帳手續費|跨行手續費|手續費(元)|手續費金額|手續費用|要付的手續費|Fee|"
        "Transfer fee|Fees"
    ),
    "balance": (
        "餘額|可用餘額|帳戶餘額|還剩下|還剩|剩多少|剩下|戶頭還有|轉完還有|轉帳後餘額|"
        "存簿結存|Balance|Available balance|Left|You have left"
    ),
    "when": (
        "交易時間|轉帳時間|日期|時間|交易日期|什麼時候|轉帳日期|轉出時間|付款時間|入帳時間|"
        "帳務時間|幾點轉的|Date|Date & time|When|Time|Transaction date"
    ),
    "reference": (
        "交易序號|序號|交易編號|單號|流水號|跨行序號|電文序號|Reference|Ref. no.|"
        "Transaction ID|Confirmation"
    ),
    "memo": "備註|悄悄話|小紙條|留言|給對方的話|附言|交易附註|Memo|Note|Message",
    "due": "應繳金額|應繳總額|待繳金額|這期要繳|Amount due",
    "other_sum": "今日已轉|單筆限額|本月累計|上次轉帳|Daily limit|活動回饋",
    "masks": "*|x|X|●|＊|·|#|○|•|…",
    "tail": (
        "如有疑問請洽客服|本畫面僅供參考,實際入帳以存摺登錄為準|再轉一筆|加入常用帳號|"
        "存成圖片|分享給好友|返回首頁|Back to home|Share|預約查詢/取消|感謝您的使用|"
        "請保留本明細|小提醒:若要取消預約請洽客服"
    ),
}
HELD = {
    "paid": (
        "付款完成|繳款成功|匯出成功|扣款成功|轉帳交易成功|繳款完成|已支付|已匯款|已轉出|"
        "繳費完成囉|匯好了|付好囉~|成功啦|成功!|OK,轉好了|好了,錢過去了|錢出去囉|款項已匯出|"
        "款項已經付清|成功付款|您已完成繳費|交易狀態:完成|轉帳OK|交易OK|Payment successful|"
        "Transfer complete|Sent!|Transaction successful|Payment made|You're all set|"
        "It's done|Complete"
    ),
    "not_yet": (
        "預約成功|已設定預約轉帳|待審核|待主管放行|已送審|轉帳處理中|確認付款|請核對以下資料|"
        "預定轉出|下一步:確認|差一點就好了|等對方收下|等一下就轉|還在處理|尚未轉出|要付囉?|"
        "按下確定就完成|後天轉出|將在9/18自動轉|排好了,到時候轉|預計入帳|In progress|"
        "Waiting for approval|Nearly there|Confirm payment|Will be sent|To be sent tomorrow|"
        "Submitted|Is everything right?"
    ),
    "failed": (
        "付款失敗|繳費失敗|匯款沒成功|沒有轉成功|付不出去|錢不夠|交易逾時|交易異常|沒完成|"
        "轉帳不成功|錢還在你的戶頭|沒扣到款|Payment failed|Rejected|Try again|Not sent|"
        "We couldn't complete it|Transaction error"
    ),
    "void": (
        "已取消|退費完成|沖正完成|作廢|已退匯|對方退回了|已收回|已還給你|錢回來了|"
        "Refund complete|Reversal|Returned|Void|Charged back"
    ),
    "amount": (
        "入帳金額|存入金額|實繳金額|繳款金額|轉多少|付了多少|繳多少|金額(新臺幣)|金額NTD|"
        "這筆金額|轉過去的錢|付出去|本次付款|繳費額|Sum|Paid amount|Total sent|"
        "Payment amount|You paid|Amount transferred|Value"
    ),
    "payee": (
        "受款人帳號|收款戶|匯入帳號|撥入帳號|繳費帳號|給|存進|轉去|匯給|付給|收錢的人|"
        "收款對象|目的帳號|進帳帳戶|收款銀行/帳號|(代碼)轉入帳號|Payee|Credit account|"
        "Transfer to|Paid to|Recipient|Beneficiary A/C"
    ),
    "payer": (
        "來源帳號|匯款帳號|扣帳帳號|出帳帳戶|從我的|扣哪個戶頭|錢從|付款來源|金融卡|提款帳號|"
        "扣誰的錢|轉出方|Source account|Payer|Debited from|Using|Transfer from"
    ),
    "fee": (
        "匯費|轉帳費|跨轉手續費|手續費(NT$)|服務費|客戶手續費|扣的手續費|Charge|Service fee|"
        "Bank fee"
    ),
    "balance": (
        "帳面餘額|剩餘金額|剩多少錢|口袋還有|還有多少|交易後餘額|扣完剩|結餘|錢包剩|"
        "Remaining|Remaining balance|What's left|Balance after"
    ),
    "when": (
        "完成時間|轉帳日期時間|交易日期/時間|何時|繳費時間|扣款時間|哪天轉的|時間點|匯款日期|"
        "Paid on|Completed at|Transfer time|Sent at"
    ),
    "reference": "交易代碼|參考編號|交易號碼|查詢編號|訂單編號|憑證號碼|Trace no.|Receipt no.|Ref",
    "memo": "附註|轉帳備註|想說的話|給自己看的|小訊息|摘要|Remark|Description|Comment",
    "due": "應付金額|繳款金額上限|未繳金額|還要繳|To pay",
    "other_sum": "每日限額|今天轉過|本日累計|紅包回饋|點數折抵|Transfer limit|Points",
    "masks": "*|X|■|□|◆|×|∗|▪|◯|-|_",
    "tail": (
        "若有問題請打客服專線|實際入帳時間依各銀行作業為準|截圖保存|查看明細|回到錢包|"
        "設為常用|Done with it? Rate us|Save image|New transfer|預約轉帳請至預約專區|取消|"
        "謝謝惠顧|本明細不得作為退款憑證"
    ),
}
