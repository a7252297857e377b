"""Single words of each errand that change nothing beside it, one list an errand.

A no stands among them only inside of a longer word: 沒問題, 沒注意, 打不開.
"""

import re

WORDS = {
    "confirm": """
        資料 資訊 內容 信息 欄位 個資 報名資料 確認信 確認函 信件 郵件 表格 這封信 各項 每項
        每一項 每個 每一個 各欄 每欄 每一欄 每個欄位 逐項 逐一 逐字 全部 全都 所有 一切 通通
        統統 完全 整份 上面 上述 下方 以上 裡面 每筆 一條一條 一一 看過 看完 看了 對過 對完 核對
        比對 檢查 確認 查看 過目 檢視 過 完 完畢 完成 清楚 仔細 認真 再次 重新 反覆 兩遍 一遍
        兩次 一次 三次 三遍 已 已經 我 本人 都 皆 均 也 全 眼睛 確定 確實 肯定 絕對 百分之百
        沒意見 無意見 同意 按下 送出 回覆 回信 寄出 身分證 護照 學生證 證件 居留證 對照 對著
        拿著 照著 正確 無誤 沒錯 沒問題 沒有問題 無問題 沒有錯 沒有錯誤 沒有任何錯誤
        沒有任何問題 無任何錯誤 沒有誤 無錯誤 零錯誤 對的 是對的 都對 皆對 全對 屬實 相符 符合
        一致 相同 一樣 不用改 不需要改 不需要修改 不需修改 不必改 不必修改 無須修改 無需修改
        無需更正 沒有要改 沒有要改的 沒有要修改 沒有需要修改 沒有需要更改 沒有地方要改 不用修改
        不用更改 不用再改 沒有缺漏 沒有漏 無缺漏 完整 讚 讚啦 棒 太好了 太棒了 水啦 耶 嘿嘿 呵呵
        嘻嘻 收到 好 好的 好喔 好哦 早安 午安 晚安 辛苦了 辛苦啦 謝啦 謝謝 三克油 感恩 感謝
        大感謝 感激 đúng rồi hết tất cả thông 後續 流程 作業 事宜 程序 手續 經 續辦 續行 辦理
        沒打錯 沒寫錯 沒填錯 好險 還好 幸好 學長姐 學長姊 們 用手機回 格式跑掉 手機排版 加油
        可以用 才確認 才回 才回覆 才按 見諒 按鈕 恩恩 恩 已讀 進修部 日間部 夜間部 四技 二技
        碩專班 在職專班 正常 詳閱 已閱 閱讀 並
        3q above acknowledge agree always anything appreciate appreciate'd appreciated arranging
        autumn been below benar best betul bunch card carefully cheers confirmation confirming
        逐條 無錯字 沒有錯字 沒錯字 如實 請放心 放心
        data department done double each effort efforts every everyone everything exactly exam
        festival field fields great happy hard help hereby holiday holidays id item items kind
        kindly lengkap line lines listed lot lots luck match matched matches mid million moon
        much name national nice office ok okay okok organising organizing passport patience
        proceed process professor prompt quick read really regards reply respectfully response
        reviewed row rows same semua shown sincerely student students sudah support sure taipei
        teacher team tech technology them these they those through thx tin tks ton tons truly
        twice ty university verify warm was were wishes wonderful work yeah yep yes yup
        個人資料 基本資料 應考資料 報考資料 我填的 填的 填寫的 可以了 接下來 期待考試
        期待接下來的考試
        see
    """,
    "correction": """
        應試 應考
        實際 實際上 選項 南部 北部 中部 東部 belongs form card swapped
        翻譯 網站 轉換器 查的 填表單 填報名表 read table
        唔該 不該 返 係 是 我的 應該 應 改為 改成 才對 才是 對 正確 這個 那個 這支 那支 這組
        這一支 時候 當下 那時 那時候 的時候 太快 太急 太趕 太久 沒注意 沒注意到 沒發現 沒看清楚
        沒看仔細 沒檢查 手殘 眼殘 眼花 恍神 迷糊 粗心大意 一時不察 不小心 自動填入 自動帶入
        自動校正 輸入法 選字 複製 貼上 複製貼上 瀏覽器 表單 填表 填單 填寫 填 打 打字 寫 選 選到
        填到 打到 按到 點到 寫到 拼 拼音 拼法 拼寫 搞混 搞錯 弄混 記錯 習慣 以前 從前 高中 國中
        家裡 老家 租屋 租屋處 宿舍 外宿 新家 新居 搬來 搬到 搬去 搬回 住在 住 現居 目前住 改住
        已搬 剛搬 搬遷 新竹 臺中 臺南 高雄 臺北 住家 附近 比較近 較近 很近 近 太遠 很遠 遠
        離家近 交通 方便 實習 工作 上班 公司 人在 人 在 上個月 上週 上禮拜 這學期 上學期
        開學 今年 去年 暑假 寒假 目前 現在 剛 剛好 後 後來 才發現 發現 看到 注意到 掉了 手機掉了
        被偷 壞了 摔壞 換新 換新的 辦新的 新辦 新辦的 新門號 新號碼 新的 舊的 舊 新 舊門號
        舊號碼 攜碼 辦理 續約 約滿 中華電信 遠傳 臺灣大哥大 預付卡 門號 一個 一碼 兩碼 一字
        一個字 兩個字 最後 前面 後面 中間 開頭 第一個 第二個 倒數 開始 結尾 字尾 字首 上面 寫的
        填的 打的 登記的 報名的 給的 麻煩 幫忙 更新 協助 更改 修改 修正 更正 訂正 改正 調整 變更
        改一下 換一下 處理 惠予 惠請 懇請 感恩 感謝 辛苦 抱歉 打擾 拍謝 救救我 拜託 跪求
        拜託拜託 嗚嗚 哭 哭哭 上傳 確認信 信上 信裡 信件 信中 表格 表格裡 表上 護照 護照上
        身分證 身分證上 學生證 學生證上 居留證 居留證上 證件 證件上 為主 為準 依照 按照 比照
        根據 以 照 跟 與 和 同 一樣 一致 相同 才會一樣 才會一致 才能一致 完整 完整的 英文名
        中文名 收信 收件 收掛號 比較 那裡 那邊 這裡 實在 抓到 填反 反了 寫反 兩項 三項 這兩項
        各項 兩處 三處 原 號碼需 需 需要 麻煩幫我 造成 姓氏 其實 唯 大致 誤植為 誤植成 聯絡 聯繫
        好聯絡 進修部 碩專班 誤打 誤按 關係 很 困擾 變成 漢語拼音 威妥瑪 通用拼音 證書 寄到 差點
        怎麼變 怎麼變成 仔細 仔細看 生 數字 一個數字 字母 一個字母 系級 系統里 信里 表格里 漏看
        翻 不一樣 不同 不符 不一致 也是這樣 沒用了
        accidentally actual address ago also am amend and apartment arc are area as at be
        because birth birthday bought by can card change character chemical chinese civil closer
        computer correct could current currently d date department digit digits dorm dormitory
        edit electrical electronic email engineering english entered entering error exam extra
        family filled filling first fix for form found from gender given got had has have help
        here home i id in inconvenience information instead institute internship is it its just
        kindly last letter letters like live lives living ll location lost major match
        matches me mechanical missing misspelled mistake mistakenly mobile modify month move
        moved much my name near need needs new noticed now number of old on one orz outdated
        passport phone please printed put qaq qq re realised realized recently registered
        registering registration revise same saw says school science see semester sex should
        shown shows sim since site so sorry spelled spelling submitted surname switched taiwan
        thank thanks that the there this to today transfer transferred trouble typed typing typo
        update use ve venue very want was week with work would written wrong wrote year
        yesterday you your
        符合 以符合 以便
    """,
    "payment_receipt": """
        用 一卡通 一卡通money 悠遊付 apple google samsung 全支付 全盈 錢包
        蓋章 7-eleven 蓋了章 蓋 章 一張 無摺存款 無摺 存款 存根
        有點 歪 拍 拍得 拍照 拍的 照得 拖 拖到 現在 才 這麼 那麼 晚 久 收據聯 收執聯 客戶聯
        存根聯 明細表 交易明細 明細 供參 供參考 供您 核對 過目 查驗 末五碼 後五碼 末5碼 後5碼
        帳號 轉出 轉入 轉進 匯出 匯入 轉過去 匯過去 繳過去 過去 過 轉 匯 繳 付 轉好 匯好 臺新
        臺新銀行 中國信託 中信 國泰 國泰世華 玉山 玉山銀行 富邦 臺北富邦 第一銀行 華南 華南銀行
        彰銀 兆豐 合庫 合作金庫 土銀 臺銀 臺灣銀行 永豐 元大 郵政 郵局 中華郵政 將來銀行 連線
        數位帳戶 王道 凱基 聯邦 臺企銀 機臺 櫃檯 店員 店 門市 小七 全家 萊爾富 超商 便利商店
        條碼 繳費單 銷帳 手續費 餘額 晚上 早上 中午 下午 昨天 昨晚 今天 今早 今日 昨日 剛 剛剛
        剛才 才有空 有空 回家 回宿舍 下課 下班 掃描 掃 彩色 黑白 正面 反面 清楚 完整 檔 檔名
        忘記 忘了 忘 夾檔 夾帶 附檔 上一封 前一封 上封 補上 補件 補寄 補傳 重寄 再寄 重傳 更清楚
        附圖 如圖 圖 圖檔 左 喇 啦 囉 ㄌ 惹 這是 這張 以上 為 我的 是我的 給老師 給您 給你們 收
        收到 是否 有無 再麻煩 麻煩 幫忙 確認 一下 姓名 學號 系級 班級 報名 考試 費 費用 元 đã
        chuyển khoản nộp tiền rồi biên đây là 完成 提醒 匯款單 轉帳單 查照 惠予 回傳 回傳證明
        600 afternoon already amount app at atm attach attached attaching bank banking bayar
        berhasil bukti buktinya by check completed convenience done eleven evening evidence exam
        family familymart famiport fee fees file find for have here hi-life i ibon image in ini
        ipas is it just kindly lai late line made mart mobile money morning my noon now of
        office on online paid pay payment pdf pembayaran photo picture please post proof receipt
        record registration reply richart saya screenshot see seven slip sorry store success
        successfully sudah thank thanks the these this through today transfer transferred using
        via was yesterday you
    """,
    "resend_slip": """
        不小心 店員說 刷 繳費的 繳費的單子
        三天 兩天 幾天 好幾天 一週 一個禮拜 一星期 一個多禮拜 已經 確認 資料 按 按了 點了 回覆
        回信 過了 之後 到現在 至今 仍 仍然 還是 依然 都 垃圾 垃圾信 垃圾信件 垃圾郵件 垃圾信箱
        垃圾桶 找過 找了 翻過 看過 檢查過 也 裡 裡面 收到 看到 找到 找不到 收不到 看不到 打不開
        開不了 點不開 讀不到 讀不出來 刷不到 刷不過 刷不出來 掃不到 掃不出來 印不出來 列印 印 印表機
        超商 便利商店 店員 條碼 機臺 亂碼 空白 壞掉 壞掉了 損毀 損壞 毀損 破圖 附件 檔案 附檔
        電子檔 手機 電腦 平板 換手機 換電腦 重灌 信 信都 信箱 收件匣 爆掉 爆了 滿了 誤刪 刪到
        清掉 清到 洗掉 消失 再要 跟老師 跟您 跟您們 想 請 想請 麻煩 拜託 一份 一次 一張 新的
        一封 補 補發 補寄 重發 重寄 再寄 再傳 再發 重新 寄 發 傳 給我 可以 方便 是否 因為 所以
        不好意思 不知道 是不是 被 歸類 歸到 分類 到 幫我 看看 查 查一下 看一下 查看 確認一下 耶
        欸 幾日 到現在都 來 完 後 確認完 公用電腦 學校電腦 學校 公司電腦 漏寄 漏掉 漏了 等到
        想確認 快 出來 開出來 是空白的 每個 資料夾 夾 下載 下載不了 載不下來 下不來 擋掉 擋 過濾
        攔截
        once does attached
        accidentally again ago another attachment bill by can checked confirm confirmed copy
        could day days deleted email few file find folder get got have i in inbox invoice is it
        junk kindly last looked lost mail mailbox mistake more my one open opened opening
        payment pdf please receive received resend send since slip spam still the there three
        time two week would yet you
    """,
    "certificate_upload": """
        兩張 三張 一張 幾張 我有 有 要 張 證照 上傳 這張 之前 那張 太 模糊 了 清楚 重新 掃描 掃
        補上 補 附上 直接 寄給 您 給您 給老師 獎勵 金 獎勵金 活動 方案 系統 表單 傳不上去
        上傳不了 傳不了 失敗 考過 考到 附檔 檔 以外 以外的 網站 檔案 太大 格式 錯誤 不給傳 顯示
        先 寄過來 登錄 入口網站 今年 去年 上個月 可以嗎 登不進去
        are attached certificate certificates clearer copy find for got here is it my passed
        please program reward scan scanned see thank the this three two upload uploading you
    """,
    "refund_application": """
        合併 合併為 合併成 請核
        成績 公布 公告 放榜 通過 及格 合格 考過 上榜 錄取 證書 下來 拿到 領到 收到 寄來 紙本
        電子 掃描 掃描好 好了 都 在 附件 補助 退費 報名費 相關 所需 資料 文件 證明 存摺 封面
        存簿 帳簿 影本 學生證 正反面 正面 反面 領據 申請表 申請 辦理 請領 協助 麻煩 以下 如下
        齊全 備齊 準備 準備好 完成 獲證 獲證證書 檔案 壓成 一個 檔
        cover
        and application apply applying are attached back bank book both card certificate copy
        documents exam fee find for front here id is my of passbook passed pdf please refund
        required result results sides student subsidy the
    """,
    "other": """
        家教
        等 等等 等下 等會 等一下 待會 待會兒 一會兒 晚點 晚一點 稍後 稍晚 回家 回去 到家 回宿舍
        回租屋處 下課 下班 放學 上課 上課中 上班 上班中 開會 開會中 在外面 外面 路上 騎車 開車
        打工 實習 社團 練球 吃飯 睡醒 起床 洗澡 忙 有點忙 忙完 考試 考完 期中考 期末考 小考 報告
        交完 專題 這幾天 這兩天 這週 這禮拜 本週 下週 下禮拜 週末 假日 連假 明天 明早 明晚 後天
        今天 今晚 今早 今日 晚上 早上 中午 下午 午休 月底 月初 月中 領錢 發薪 薪水 發薪水 領薪水
        零用錢 生活費 入帳 有空 有時間 沒空 沒時間 比較有空 再 先 會 去 來 要 才 就 一定 盡快
        盡速 馬上 立刻 儘快 儘速 拿到 找到 帶 護照 身分證 證件 居留證 對 對一下 對照 核對
        核對一下 確認 確認一下 看 看看 看一下 檢查 檢查一下 仔細 仔細看 詳細看 好好看 回 回您
        回信 回覆 回覆您 跟您說 跟老師說 告訴您 通知您 給您 給老師 您 老師 繳 繳費 繳錢 繳款
        繳完 繳好 繳清 付 付款 付錢 轉 轉帳 轉過去 匯 匯款 匯過去 處理 弄 寄 寄給 傳 傳給 證明
        收據 截圖 繳費證明 繳費單 銀行 關了 關門 打烊 休息 沒開 郵局 超商 小七 全家 網銀
        網路銀行 用 提款卡 收到 收到了 看到 看到了 知道 知道了 了解 好 好的 好喔 好哦 嗯嗯
        沒問題 謝謝 感謝 提醒 通知 不好意思 抱歉 還沒 尚未 還 現在 目前 手邊 手上 沒帶 帶在身上
        不在身邊 不在手邊 不方便 按 按鈕 點 點確認 說一聲 說聲 報告一下 完 完畢 之前 前 一下
        沒有空 沒有時間 沒有帶 找 找時間 抽空 撥空 對完 完再 寄給您 完成 儘早 盡早 盡量 儘量 信
        訊號不好 網路不好 收訊不好 不太方便 高鐵 火車 捷運 公車 車上 可以喔 可以哦 來不及
        今天來不及 期限內 期限前 時間內
        7-11 a after afternoon am and at atm back bank before busy can carefully check class
        confirm convenience currently deadline dorm email evening exam exams family fee first
        for friday get go going got has have home i i'll in it later let letter look mail mart
        me midterm monday morning my next night noted now of ok okay okok on passport pay
        payment proof read receipt received reply right saturday send soon store sunday sure
        thank thanks the then this thursday to today tomorrow tonight transfer tuesday we
        wednesday week weekend when will work you your
    """,
}


def any_of(words: str) -> re.Pattern[str]:
    """Any of the words, the longest first at each place; a Latin one only as a whole word."""
    ordered = sorted(set(words.split()), key=len, reverse=True)
    latin = [re.escape(word) for word in ordered if word.isascii()]
    rest = [re.escape(word) for word in ordered if not word.isascii()]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])|{'|'.join(rest)}")
