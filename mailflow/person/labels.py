"""What forms call a field: the office's questions, mails and spreadsheets, Chinese and English.

Names stand without blanks, in lower case and traditional characters; a reader ignores blanks,
dots, slashes and hyphens inside a label.
"""

from collections.abc import Mapping

from mailflow.person.registration import Field

_NAMES: Mapping[Field, str] = {
    Field.NAME_ZH: "中文姓名 姓名 中文名字 中文名 名字 學生姓名 報名者姓名 考生姓名 chinesename "
    "nameinchinese name fullname",
    Field.NAME_EN: "英文姓名 英文名字 英文名 護照英文姓名 護照英文名 護照姓名 英文姓名大寫 "
    "姓名英文 英文 英文拼音 姓名拼音 護照英文 護照拼音 englishname nameinenglish passportname",
    Field.NATIONAL_ID: "身分證字號 身份證字號 身分證號 身份證號 身分證號碼 身份證號碼 "
    "身分證 身份證 身分證統一編號 身份證統一編號 國民身分證統一編號 居留證號 居留證號碼 "
    "居留證 統一證號 居留證統一證號 證號 身分證字號居留證號 身分證居留證號 身分證字號或居留證號 "
    "idnumber nationalid nationalidnumber idarcnumber arcnumber arc arcno idno id residentnumber",
    Field.BIRTH_DATE: "出生年月日 出生日期 生日 dateofbirth birthday birthdate dob",
    Field.SEX: "性別 生理性別 sex gender",
    Field.STUDENT_NO: "學號 學生學號 學生證號 studentno studentnumber studentid studentidnumber",
    Field.DEPARTMENT: "系所 科系 就讀系所 系級 系所班級 系所級別 學系 就讀科系 系別 所屬系所 "
    "系所名稱 班級 department dept major",
    Field.PHONE: "手機 手機號碼 行動電話 行動電話號碼 連絡電話 聯絡電話 電話 電話號碼 聯絡手機 "
    "連絡手機 門號 mobile mobilephone phone phonenumber cellphone cellphonenumber mobilenumber "
    "mobilephonenumber contactnumber telephone tel",
    Field.EMAIL: "email 電子郵件 電子信箱 信箱 電子郵件信箱 聯絡信箱 連絡信箱 常用信箱 "
    "常用email 聯絡email email信箱 email地址 電郵 mail emailaddress "
    "電子郵件地址",
    Field.ADDRESS: "通訊地址 地址 聯絡地址 連絡地址 郵寄地址 證書寄送地址 寄送地址 收件地址 "
    "通訊住址 住址 address postaladdress mailingaddress homeaddress contactaddress",
    Field.EXAM: "鑑定項目 考試項目 報考項目 應考項目 ipas鑑定項目 鑑定類別 鑑定科別 報名項目 "
    "鑑定名稱 考試名稱 報考鑑定項目 能力鑑定項目 exam examname certification "
    "ipasexam 項目 證照名稱 報考證照",
    Field.SUBJECTS: "報考科目 考試科目 應考科目 考科 科目 鑑定科目 subjects subject examsubjects "
    "examsubject 補考科目",
    Field.EXAM_AREA: "考區 應試地區 考試地區 考試地點 報考考區 應試考區 考場 應考地點 examarea "
    "examlocation examsite examcity testlocation",
    Field.RETAKE: "補考單科 是否補考 補考 單科補考 是否補考單科 是否為補考 是否單科補考 retake "
    "singlesubjectretake retakeasinglesubject",
    Field.KEPT_SUBJECT: "已及格科目 已通過科目 保留科目 及格科目 已及格之科目 已合格科目 "
    "subjectpassedbefore passedsubject",
    Field.KEPT_YEAR: "及格年度 應考年度 通過年度 及格科目年度 已及格科目年度 已及格科目應考年度 "
    "及格科目應考年度 原應考年度 yearpassed yearofpassing",
    Field.STUDY: "學制年級 學制 年級 學制與年級 學制及年級 就讀學制 programmeandyear "
    "programandyear yearofstudy",
    Field.NEEDS: "特殊需求 特殊應考需求 應考特殊需求 身心障礙需求 特殊試場需求 specialneeds",
    Field.CONSENT: "個資同意 個資同意書 個人資料同意 同意個資告知 個資告知同意 是否同意個資告知 "
    "個人資料使用同意 個資使用同意 consenttothedatanotice consent privacyconsent",
}
NAMES: Mapping[str, Field] = {
    name: field for field, names in _NAMES.items() for name in names.split()
}
LEVEL_NAMES = ("級等", "鑑定級等", "級別", "等級", "報考級等", "level", "examlevel")
# A label after one of these is about somebody or something else.
SOMEBODY_ELSE = (
    r"緊急|聯絡人|連絡人|監護人?|家長|父親?|母親?|爸爸|媽媽|家人|配偶|指導|教授|導師|老師|推薦人?|代理人?|代填人?|"
    r"介紹人|同行|同學|朋友|室友|公司|學校|戶籍|住家|家裡|室內|宿舍|備用|第二|次要|"
    r"line|ig|fb|facebook|wechat|first|last|family|given|middle|nick|user|account|emergency|contact|"
    r"parent|father|mother|guardian|advisor|company|school|bank|home"
)
